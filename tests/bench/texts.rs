//! What is opened.

use std::fmt::Write;

/// Registries one after another, each with a body, until there are so many lines.
pub(crate) fn registries(lines: usize) -> String {
    let (mut text, mut written, mut number) = (String::new(), 0, 0);
    while written < lines {
        number += 1;
        let start = text.len();
        write!(
            text,
            r#"resource "azapi_resource" "registry{number}" {{
  type      = "Microsoft.ContainerRegistry/registries@2023-07-01"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/group{number}"
  name      = "registry{number}"
  location  = "westeurope"
  body = {{
    sku = {{ name = "Premium" }}
    properties = {{
      adminUserEnabled = false
      zoneRedundancy   = "Enabled"
    }}
  }}
}}

"#
        )
        .expect("a string takes everything");
        written += text[start..].lines().count();
    }
    text
}
