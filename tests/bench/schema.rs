//! How long the type data takes: `cargo bench --bench schema`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use azapi_ls::schema::{Lookup, ResourceType, Schema, TypeKind};

/// Prints the best of several runs, each of `times` calls, as time for one call.
fn measure<T>(what: &str, goal: &str, times: u32, mut call: impl FnMut() -> T) {
    let run = |call: &mut dyn FnMut() -> T| {
        let start = Instant::now();
        for _ in 0..times {
            black_box(call());
        }
        start.elapsed() / times
    };
    let best = (0..7).map(|_| run(&mut call)).min().unwrap_or(Duration::ZERO);
    report(what, &format!("{best:?}"), goal);
}

#[expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
fn report(what: &str, figure: &str, goal: &str) {
    println!("{what:52} {figure:>12}   {goal}");
}

fn main() {
    let start = Instant::now();
    let schema = Schema::bundled();
    report("open the bundled data, first time", &format!("{:?}", start.elapsed()), "goal 1 ms");
    let source = schema.source();
    let bytes = Schema::bundled_bytes();
    let words = if source.has_descriptions { "goal 8 MB, with descriptions" } else { "goal 5 MB" };
    report("bundle", &format!("{} B", bytes.len()), words);
    let names: Vec<&str> = schema.resource_types().map(ResourceType::name).collect();
    assert!(!names.is_empty(), "the program was built without type data");
    look_ups(schema, &names);
    open_file(bytes);
}

fn look_ups(schema: &Schema, names: &[&str]) {
    let mut next = names.iter().cycle().step_by(7);
    let mut name = || *next.next().unwrap_or(&"");
    measure("find a type", "", 10_000, || schema.resource_type(name()));
    measure("find a type, its newest version and its body", "goal 2 us", 10_000, || {
        schema.resource_type(name()).map(|ty| ty.newest().body().kind())
    });
    let tokens = "microsoft.containerregistry/registries/tokens";
    measure("look a type@version up and its body", "goal 2 us", 10_000, || {
        match schema.lookup(tokens, "2021-08-01-preview") {
            Lookup::Found(version) => Some(version.body().kind()),
            _ => None,
        }
    });
    let body = schema.resource_type(tokens).map(|ty| ty.newest().body().kind());
    if let Some(TypeKind::Object(body)) = body {
        measure("find a property of a body", "", 10_000, || body.property("properties"));
        let name = body.property("name");
        measure("read a description", "", 1_000, || name.and_then(|name| name.description()));
    }
    measure("names near to an unknown type", "", 20, || {
        schema.close_types("Microsoft.Storge/storageAcounts")
    });
    measure("parent patterns", "", 1_000, || schema.resource_type(tokens).map(ResourceType::parent_patterns));
    let path = "properties.status".parse::<azapi_ls::schema::path::BodyPath>();
    let path = path.unwrap_or_default();
    measure("since which version a path exists", "", 1_000, || {
        schema.resource_type(tokens).and_then(|ty| ty.newest().since(&path))
    });
}

fn open_file(bytes: &[u8]) {
    let path = std::env::temp_dir().join(format!("azapi-ls-bench-{}.bundle", std::process::id()));
    if std::fs::write(&path, bytes).is_ok() {
        measure("open a file and check all of it", "goal 50 ms", 3, || {
            std::fs::File::open(&path).is_ok_and(|file| Schema::open(&file, &path).is_ok())
        });
        // A leftover in the temporary folder does no harm.
        let _ = std::fs::remove_file(&path);
    }
}
