//! Configurations by a grammar: items in which everything may refer to everything.

use crate::choices::Choices;

/// What can be referred to.
pub(crate) const NAMES: [&str; 24] = [
    "azapi_resource.a",
    "azapi_resource.b",
    "azapi_resource.c",
    "azapi_resource.a",
    "azapi_resource.b",
    "data.azapi_resource.a",
    "local.a",
    "local.b",
    "local.c",
    "var.a",
    "var.b",
    "module.a",
    "module.b",
    "module.a.a",
    "module.a.b",
    "module.b.a",
    "module.b.c",
    "azurerm_resource_group.a.id",
    "azapi_update_resource.a",
    "each.value",
    "each.key",
    "count.index",
    "self",
    "{ k = 1 }",
];

/// What may stand around references, `@` for each.
const FORMS: [&str; 50] = [
    "@",
    "@",
    "@",
    "@[*]",
    "@.*",
    "@[0]",
    "@[\"k\"]",
    "@[@]",
    "@[each.key]",
    "@.id",
    "@.name",
    "@.output",
    "@.output.properties.x",
    "@.body",
    "@.body.properties.k",
    "@[*].id",
    "\"${@}\"",
    "\"${@}/x/${@}\"",
    "\"%{ for k in @ }${k}%{ endfor }\"",
    "{ for k, v in @ : k => v }",
    "{ for k, v in @ : k => v... }",
    "{ for k, v in @ : k => @ if v != null }",
    "[for v in @ : v.id]",
    "[for v in @ : { for k in @ : k => v }]",
    "{ a = @, b = @ }",
    "{ (@) = @ }",
    "[@, @]",
    "@ ? @ : @",
    "@ == @ ? @ : null",
    "merge(@, @)",
    "merge([for x in @ : @]...)",
    "concat(@, @)",
    "length(@)",
    "keys(@)",
    "values(@)",
    "one(@)",
    "element(@, 0)",
    "lookup(@, \"k\", @)",
    "try(@, @)",
    "can(@)",
    "coalesce(@, @)",
    "flatten([@, [@]])",
    "setproduct(@, @)",
    "toset(@)",
    "tolist(@)",
    "jsonencode(@)",
    "jsondecode(@)",
    "templatestring(@, @)",
    "provider::azapi::build_resource_id(@, \"Microsoft.Storage/storageAccounts\", @)",
    "defaults(@, @)",
];

const TYPES: [&str; 4] = [
    "\"Microsoft.Storage/storageAccounts@2023-01-01\"",
    "\"Microsoft.Storage/storageAccounts/blobServices@2023-01-01\"",
    "\"Microsoft.Resources/resourceGroups@2024-03-01\"",
    "\"Microsoft.Network/virtualNetworks@2023-11-01\"",
];

/// What a reference or a constant may be put in the place of: right here, wrong there.
const CONSTANTS: [&str; 16] = [
    "\"Microsoft.Storage/storageAccounts@2023-01-01\"",
    "\"Microsoft.Storage/storageAccounts/blobServices@2023-01-01\"",
    "\"Microsoft.Resources/resourceGroups@2024-03-01\"",
    "\"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g\"",
    "\"/subscriptions/00000000-0000-0000-0000-000000000000\"",
    "\"Hot\"",
    "\"Hott\"",
    "\"a\"",
    "\"x!\"",
    "1",
    "true",
    "null",
    "{ kind = \"StorageV2\", sku = { name = \"Standard_LRS\" } }",
    "{ properties = { accessTier = \"Hot\" } }",
    "{ properties = { accessTier = \"Hott\", isHnsEnabled = 1 } }",
    "{ accessTeir = \"Hot\" }",
];

/// The arguments of a resource that nothing is wrong with, and what in them an expression may stand for.
const SOUND: [(&str, &str); 8] = [
    ("  type = ", "\"Microsoft.Storage/storageAccounts@2023-01-01\""),
    ("\n  parent_id = ", "\"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g\""),
    ("\n  name = ", "\"abc\""),
    ("\n  location = ", "\"westeurope\""),
    ("\n  body = {\n    kind = ", "\"StorageV2\""),
    ("\n    sku = ", "{ name = \"Standard_LRS\" }"),
    ("\n    properties = { accessTier = ", "\"Hot\""),
    (", isHnsEnabled = ", "true"),
];

/// What else a configuration has, `@` for an expression and `#` for the name.
const OTHERS: [&str; 16] = [
    "provider \"azapi\" {\n  default_location = @\n}\n",
    "provider \"azapi\" {\n  default_name = @\n  subscription_id = @\n}\n",
    "provider \"azapi\" {\n  default_tags = @\n}\n",
    "provider \"azapi\" {\n  alias = \"#\"\n  default_location = @\n}\n",
    "terraform {\n  required_providers {\n    azapi = { version = \"~> 1.13\" }\n  }\n}\n",
    "terraform {\n  required_providers {\n    azapi = { source = \"azure/azapi\", version = \"~> 2.0\" }\n  }\n}\n",
    "import {\n  to = azapi_resource.#\n  id = @\n}\n",
    "import {\n  for_each = @\n  to = azapi_resource.#[each.key]\n  id = each.value\n}\n",
    "moved {\n  from = azapi_resource.#\n  to = azapi_resource.b\n}\n",
    "removed {\n  from = azapi_resource.#\n}\n",
    "check \"#\" {\n  assert {\n    condition = @\n    error_message = \"m\"\n  }\n}\n",
    "resource \"azapi_update_resource\" \"#\" {\n  type = @\n  resource_id = @\n  body = @\n}\n",
    "resource \"azapi_resource_action\" \"#\" {\n  type = @\n  resource_id = azapi_resource.#.id\n  action = \"listKeys\"\n  body = @\n}\n",
    "ephemeral \"azapi_resource_action\" \"#\" {\n  type = @\n  resource_id = @\n}\n",
    "resource \"azurerm_resource_group\" \"#\" {\n  name = @\n  location = @\n}\n",
    "data \"azapi_client_config\" \"#\" {\n}\n",
];

/// What an item declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Resource,
    Data,
    Local,
    Variable,
    Output,
    Call,
    /// One of the others.
    Other,
    /// A run of a test.
    Run,
    /// The value of a variable, in a file of them.
    Value,
}

/// What an item declares, and under which name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) kind: Kind,
    pub(crate) name: &'static str,
    pub(crate) text: String,
}

/// Makes items.
#[derive(Debug)]
pub(crate) struct Grammar<'c> {
    pub(crate) choices: &'c mut Choices,
    /// Of so many places of a name one has a constant; 0 where none has.
    pub(crate) constants: usize,
}

impl Grammar<'_> {
    /// Some items of the module of a file, each name at most once.
    pub(crate) fn items(&mut self, has_calls: bool) -> Vec<Item> {
        let often: [(Kind, usize, usize); 7] = [
            (Kind::Resource, 2, 3),
            (Kind::Local, 1, 2),
            (Kind::Variable, 1, 2),
            (Kind::Data, 1, 4),
            (Kind::Output, 1, 2),
            (Kind::Call, usize::from(has_calls), 2),
            (Kind::Other, usize::from(self.constants > 0), 2),
        ];
        let mut items = Vec::new();
        for name in ["a", "b", "c"] {
            for (kind, times, of) in often {
                if self.choices.below(of) < times {
                    items.push(self.item(kind, name));
                }
            }
        }
        items
    }

    pub(crate) fn item(&mut self, kind: Kind, name: &'static str) -> Item {
        let text = match kind {
            Kind::Resource => self.resource("resource", name),
            Kind::Data => self.resource("data", name),
            Kind::Local => format!("locals {{\n  {name} = {}\n}}\n", self.expression()),
            Kind::Variable => {
                let default = ["", "default = {}", "default = \"k\"", "type = map(any)"];
                let constant = format!("default = {}", self.choices.one_of(&CONSTANTS));
                let default = if self.has_constant() { &constant } else { self.choices.one_of(&default) };
                format!("variable \"{name}\" {{\n  {default}\n}}\n")
            }
            Kind::Output => format!("output \"{name}\" {{\n  value = {}\n}}\n", self.expression()),
            Kind::Call => {
                let source = self.choices.one_of(&["./a", "./b", "../a", "../b", "."]);
                let source = if self.is_plain() { format!("./{name}") } else { source.to_owned() };
                let (repeat, given) = (self.repeat(), self.expression());
                format!("module \"{name}\" {{\n  source = \"{source}\"\n{repeat}  a = {given}\n}}\n")
            }
            Kind::Other => {
                let form = self.choices.one_of(&OTHERS).replace('#', name);
                self.filled(&form, |grammar| grammar.expression())
            }
            Kind::Run => {
                let called = ["", "  module {\n    source = \"./a\"\n  }\n"];
                let called = self.choices.one_of(&called);
                let (given, condition) = (self.expression(), self.expression());
                format!(
                    "run \"{name}\" {{\n{called}  variables {{\n    a = {given}\n  }}\n  assert {{\n    condition = {condition}\n    error_message = \"m\"\n  }}\n}}\n"
                )
            }
            Kind::Value => format!("{name} = {}\n", self.choices.one_of(&CONSTANTS)),
        };
        Item { kind, name, text }
    }

    fn resource(&mut self, keyword: &str, name: &str) -> String {
        let mut text = format!("{keyword} \"azapi_resource\" \"{name}\" {{\n");
        text.push_str(&self.repeat());
        if self.constants > 0 && keyword == "resource" && !self.choices.once_in(3) {
            // One or two places; the others are sound.
            let places = [self.choices.below(SOUND.len()), self.choices.below(2 * SOUND.len())];
            for (at, (before, sound)) in SOUND.iter().enumerate() {
                text.push_str(before);
                let other = places.contains(&at).then(|| self.expression());
                text.push_str(other.as_deref().unwrap_or(sound));
            }
            text.push_str(" }\n  }\n}\n");
            return text;
        }
        let ty =
            if self.choices.once_in(4) { self.expression() } else { self.choices.one_of(&TYPES).to_owned() };
        text.push_str(&format!("  type = {ty}\n"));
        for argument in ["parent_id", "name", "location", "tags"] {
            if self.choices.once_in(2) {
                text.push_str(&format!("  {argument} = {}\n", self.expression()));
            }
        }
        match self.choices.below(5) {
            0 => text.push_str(&format!("  body = {}\n", self.expression())),
            1 => text.push_str(&format!("  body = {{ properties = {} }}\n", self.expression())),
            2 => text.push_str(&format!(
                "  dynamic \"identity\" {{\n    for_each = {}\n    content {{\n      type = {}\n    }}\n  }}\n",
                self.expression(),
                self.expression()
            )),
            3 => text.push_str(&format!(
                "  body = {{ properties = {{ accessTier = {}, isHnsEnabled = {} }} }}\n",
                self.expression(),
                self.expression()
            )),
            _ => {}
        }
        text.push_str("}\n");
        text
    }

    fn repeat(&mut self) -> String {
        match self.choices.below(4) {
            _ if self.is_plain() => String::new(),
            0 => String::new(),
            1 => format!("  count = {}\n", self.expression()),
            _ => format!("  for_each = {}\n", self.expression()),
        }
    }

    fn has_constant(&mut self) -> bool {
        self.constants > 0 && self.choices.once_in(self.constants)
    }

    /// Where there are constants half of all is the plainest, so that what one says counts in many places.
    fn is_plain(&mut self) -> bool {
        self.constants > 0 && self.choices.once_in(2)
    }

    fn expression(&mut self) -> String {
        if self.is_plain() { self.leaf() } else { self.nested(2) }
    }

    fn leaf(&mut self) -> String {
        let all: &[&str] = if self.has_constant() { &CONSTANTS } else { &NAMES };
        self.choices.one_of(all).to_owned()
    }

    fn nested(&mut self, deep: usize) -> String {
        let form = self.choices.one_of(&FORMS);
        self.filled(form, |grammar| {
            if deep > 0 && grammar.choices.once_in(4) { grammar.nested(deep - 1) } else { grammar.leaf() }
        })
    }

    /// A form with something in each of its places.
    fn filled(&mut self, form: &str, mut each: impl FnMut(&mut Self) -> String) -> String {
        let mut made = String::new();
        for (at, part) in form.split('@').enumerate() {
            if at > 0 {
                made.push_str(&each(self));
            }
            made.push_str(part);
        }
        made
    }
}
