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

/// One module of 200 files as published ones are written: types in the default of a variable, bodies of locals, conditions
/// and `for` over what a caller gives.
pub(crate) fn write_module(root: &Path) {
    let common = "variable \"resource_types\" {\n  type = object({\n    site  = optional(string, \"Microsoft.Web/sites@2024-04-01\")\n    slot  = optional(string, \"Microsoft.Web/sites/slots@2024-04-01\")\n    vault = optional(string, \"Microsoft.KeyVault/vaults@2024-11-01\")\n  })\n  default  = {}\n  nullable = false\n}\n\nvariable \"is_slot\" {\n  type    = bool\n  default = false\n}\n\nvariable \"parent\" {\n  type = string\n}\n";
    std::fs::write(root.join("variables.tf"), common).expect("a new file");
    for file in 1..200 {
        std::fs::write(root.join(format!("part{file}.tf")), published(file)).expect("a new file");
    }
}

fn published(file: usize) -> String {
    let text = r#"variable "sitesN" {
  type = map(object({
    name    = string
    https   = optional(bool, true)
    tls     = optional(string, "1.3")
    tags    = optional(map(string))
    ip_rows = optional(list(object({ address = string, priority = optional(number, 100) })), [])
  }))
  default = {}
}

locals {
  settingsN = { for key, site in var.sitesN : key => {
    minTlsVersion         = site.tls
    ipSecurityRestrictions = [for row in site.ip_rows : {
      for k, v in { ipAddress = row.address, priority = row.priority, action = "Allow" } : k => v if v != null
    }]
  } }
}

resource "azapi_resource" "siteN" {
  for_each  = var.sitesN
  type      = var.is_slot ? var.resource_types.slot : var.resource_types.site
  parent_id = var.parent
  name      = each.value.name
  location  = "westeurope"
  tags      = each.value.tags
  body = {
    kind = "app"
    properties = merge({
      httpsOnly  = each.value.https
      siteConfig = local.settingsN[each.key]
    }, var.is_slot ? {} : { clientAffinityEnabled = false })
  }
}
"#;
    text.replace("sitesN", &format!("sites{file}"))
        .replace("settingsN", &format!("settings{file}"))
        .replace("siteN", &format!("site{file}"))
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
