//! A workspace of 700 files and 100,000 lines.

use std::path::Path;

use crate::texts::registries;

/// 70 folders with ten files of 150 lines each. Each folder is a module that gives its blocks values by variables and
/// locals.
pub(crate) fn write(root: &Path) {
    for folder in 0..70 {
        let dir = root.join(format!("module{folder}"));
        std::fs::create_dir(&dir).expect("a new folder");
        for file in 0..10 {
            std::fs::write(dir.join(format!("part{file}.tf")), part(file)).expect("a new file");
        }
    }
}

fn part(file: usize) -> String {
    let mut text = format!(
        "variable \"group{file}\" {{\n  type = string\n}}\n\nlocals {{\n  sku{file} = {{ name = \"Premium\" }}\n}}\n\n"
    );
    for block in 0..10 {
        let name = format!("r{file}_{block}");
        let behind = registries(1)
            .replace("\"registry1\"", &format!("\"{name}\""))
            .replace("{ name = \"Premium\" }", &format!("local.sku{file}"));
        let group = behind.lines().find(|line| line.contains("parent_id")).unwrap_or_default().to_owned();
        text.push_str(&behind.replace(&group, &format!("  parent_id = var.group{file}")));
    }
    text
}
