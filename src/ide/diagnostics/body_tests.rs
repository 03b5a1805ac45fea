//! What the faults of bodies look like: where they are drawn, what they say, what their fixes leave.

use expect_test::expect;

use super::tests::{check, check_fix, check_none};
use crate::ide::fixture::Fixture;

/// A widget with these properties; what comes behind an empty line stands beside it.
fn widget(row: &str) -> String {
    let (row, beside) = row.split_once("\n\n").unwrap_or((row, ""));
    format!(
        "resource \"azapi_resource\" \"x\" {{\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = var.p\n  body = {{\n    properties = {{\n      status = \"enabled\"\n      {row}\n    }}\n  }}\n}}\n{beside}"
    )
}
