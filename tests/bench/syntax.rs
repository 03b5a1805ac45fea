//! How long a file of 5,000 lines takes to read, and a keystroke in it.

use azapi_ls::syntax::{self, Edit};
use azapi_ls::text::{TextRange, TextSize};
use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: u32 = 60;

fn main() {
    let text = module(5_000);
    let lines = text.lines().count();
    let whole = fastest(|| drop(black_box(syntax::parse(black_box(&text)))));
    report(&format!("read {lines} lines ({} KB)", text.len() / 1024), whole);

    let large = module(100_000);
    report("read 100,000 lines", fastest(|| drop(black_box(syntax::parse(black_box(&large))))));

    let parse = syntax::parse(&text);
    for (what, needle, typed) in [
        ("a keystroke in a name", "name  = \"r200", "x"),
        ("a keystroke in a heredoc", "first line of 200", "x"),
        ("a quote typed", "name  = \"r200", "\""),
        ("a brace typed", "# block 200", "\n{"),
    ] {
        let at = text.find(needle).expect("the place") + needle.len();
        let new = format!("{}{typed}{}", &text[..at], &text[at..]);
        let at = TextSize::try_from(at).expect("a small text");
        let edit = Edit { deleted: TextRange::empty(at), inserted: TextSize::of(typed) };
        let time = fastest(|| drop(black_box(parse.reparse(black_box(&new), &edit))));
        report(what, time);
    }
}

/// The fastest of some rounds: what the work takes when nothing else runs.
fn fastest(mut work: impl FnMut()) -> Duration {
    let time = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..ROUNDS).map(time).min().unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "a benchmark is run to be read")]
fn report(what: &str, time: Duration) {
    println!("{what:<32} {:>10.3} ms", time.as_secs_f64() * 1000.0);
}

/// About `lines` lines of resources.
fn module(lines: usize) -> String {
    let mut text = String::new();
    for n in 0..lines / 20 {
        let _ = write!(
            text,
            r#"# block {n}
resource "azapi_resource" "r{n}" {{
  type  = "Microsoft.ContainerRegistry/registries/tokens@2023-11-01-preview"
  name  = "r{n}-${{var.environment}}"
  count = var.enabled ? 1 : 0

  parent_id = azapi_resource.registry[0].id
  body = {{
    properties = {{
      scopeMapId = "${{azapi_resource.registry.id}}/scopeMaps/_repositories_admin"
      status     = "enabled"
      list       = [for x in local.items : {{ name = x, value = x.y[*].z }} if x != null]
      text       = <<-EOT
        first line of {n}
        %{{ if var.a }}second ${{var.b}}%{{ endif }}
      EOT
    }}
  }}
}}

"#
        );
    }
    text
}
