//! Everything an editor asks of a text, at some place of it: no panic, no hang, answers that fit the text.
#![no_main]

use std::path::Path;

use azapi_ls::ide::{Config, FilePos, Profile, Workspace};
use azapi_ls::text::{TextRange, TextSize, apply_edits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u16, &str)| {
    let (place, text) = input;
    let mut workspace = Workspace::new(Config { profile: Profile::Standalone, ..Config::default() });
    let file = workspace.open_file(Path::new("/module/main.tf"), text, 1);
    let analysis = workspace.analysis();
    let mut offset = usize::from(place).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let at = FilePos { file, offset: TextSize::new(offset as u32) };
    for item in analysis.completion(at).items {
        apply_edits(text, &[item.edit]).expect("an edit that fits");
    }
    if let Some(hover) = analysis.hover(at) {
        assert!(hover.range.contains_inclusive(at.offset));
    }
    for action in analysis.code_actions(file, TextRange::empty(at.offset)) {
        for (_, edits) in action.edit.edits {
            apply_edits(text, &edits).expect("edits that fit");
        }
    }
    for diagnostic in analysis.diagnostics(file) {
        assert!(usize::from(diagnostic.range.end()) <= text.len());
    }
    analysis.outline(file).expect("everything is served");
    analysis.imports(file);
});
