//! What is opened.

const REGISTRY: &str = include_str!("../data/costs/registry.txt");

/// A body in a local, and so many blocks that have it.
pub(crate) fn sharing(blocks: usize) -> String {
    let mut text = "locals {\n  registry = {\n    sku = { name = \"Premium\" }\n    properties = {\n      adminUserEnabled = false\n    }\n  }\n}\n".to_owned();
    for number in 0..blocks {
        text.push_str(&format!(
            "\nresource \"azapi_resource\" \"registry{number}\" {{\n  type      = \"Microsoft.ContainerRegistry/registries@2023-07-01\"\n  parent_id = azapi_resource.group.id\n  name      = \"registry{number}\"\n  location  = \"westeurope\"\n  body      = merge(local.registry, {{ tags = {{ number = \"{number}\" }} }})\n}}\n"
        ));
    }
    text.push_str("\nresource \"azapi_resource\" \"group\" {\n  type     = \"Microsoft.Resources/resourceGroups@2024-03-01\"\n  name     = \"group\"\n  location = \"westeurope\"\n}\n");
    text
}

/// Registries one after another, each with a body, until there are so many lines.
pub(crate) fn registries(lines: usize) -> String {
    let count = lines.div_ceil(REGISTRY.lines().count());
    (1..=count).map(|number| REGISTRY.replace("NUMBER", &number.to_string())).collect()
}
