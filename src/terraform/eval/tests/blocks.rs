use super::*;
use crate::terraform::address::Address;

const BLOCKS: &str = r#"
variable "v" {}
resource "azapi_resource" "r" {
  name     = "named"
  location = null
  tags     = { a = "b" }
  identity {
    type = "SystemAssigned"
  }
}
data "azurerm_subscription" "s" {}
ephemeral "azapi_resource" "e" {
  name = "secret"
}
resource "azapi_resource" "each" {
  for_each = { green = { n = "g" }, blue = { n = "b" } }
  name     = "${each.key}-${each.value.n}"
}
resource "azapi_resource" "set" {
  for_each = toset(["p", "q"])
  name     = each.value
}
resource "azapi_resource" "count" {
  count = 2
  name  = "c${count.index}"
}
resource "azapi_resource" "maybe" {
  count = var.v ? 1 : 0
  name  = "m${count.index}"
}
resource "azapi_resource" "open" {
  for_each = var.v
  name     = each.value.name
  type     = "T"
}
resource "azapi_resource" "uses" {
  for_each = { x = "red" }
  name     = azapi_resource.each["green"].name
}
"#;

#[track_caller]
fn all(cases: &[(&str, &str)]) {
    for (expression, expected) in cases {
        check(BLOCKS, expression, expected);
    }
}

#[test]
fn a_blocks_attribute_is_what_is_written_or_computed() {
    all(&[
        ("azapi_resource.r.name", "\"named\""),
        ("resource.azapi_resource.r.name", "\"named\""),
        ("azapi_resource.r[\"name\"]", "\"named\""),
        ("azapi_resource.r.tags.a", "\"b\""),
        ("azapi_resource.r.id", "<azapi_resource.r.id>"),
        ("azapi_resource.r.location", "<azapi_resource.r.location>"),
        ("azapi_resource.r.output.properties.x", "<azapi_resource.r.output.properties.x>"),
        ("azapi_resource.r.identity", "…"),
        ("azapi_resource.r.lifecycle", "…"),
        ("\"${data.azurerm_subscription.s.id}/x\"", "\"<data.azurerm_subscription.s.id>/x\""),
        ("ephemeral.azapi_resource.e.name", "\"secret\"#e"),
        ("azapi_resource.gone.id", "…"),
        ("azapi_resource.r", "<azapi_resource.r>"),
        ("azapi_resource.r[0].name", "fails"),
        ("[for k, v in azapi_resource.r : v]", "[*…]"),
        ("azapi_resource.r[*].name", "[\"named\"]"),
    ]);
}

#[test]
fn an_instance_is_evaluated_with_its_own_each_and_count() {
    all(&[
        ("azapi_resource.each[\"green\"].name", "\"green-g\""),
        ("azapi_resource.each[\"blue\"].id", "<azapi_resource.each[\"blue\"].id>"),
        ("azapi_resource.each[\"red\"].name", "fails"),
        ("azapi_resource.each.name", "fails"),
        ("azapi_resource.each[var.v].name", "(\"blue-b\" | \"blue-g\" | \"green-b\" | \"green-g\")"),
        ("azapi_resource.uses[\"x\"].name", "\"green-g\""),
        ("azapi_resource.set[\"q\"].name", "\"q\""),
        ("azapi_resource.count[1].name", "\"c1\""),
        ("azapi_resource.count[2].name", "fails"),
        ("azapi_resource.count[*].name", "[\"c0\", \"c1\"]"),
        ("azapi_resource.count.*.name", "[\"c0\", \"c1\"]"),
        ("[for r in azapi_resource.count : r.name]", "[\"c0\", \"c1\"]"),
        ("{ for k, r in azapi_resource.each : k => r.name }", "{blue = \"blue-b\", green = \"green-g\"}"),
        ("azapi_resource.each[*].name", "[fails]"),
    ]);
}

#[test]
fn an_instance_that_may_be_absent_may_fail() {
    all(&[
        ("azapi_resource.maybe[0].name", "\"m0\""),
        ("try(azapi_resource.maybe[0].name, \"none\")", "(\"m0\" | \"none\")"),
        ("azapi_resource.maybe[*].name", "[?\"m0\"]"),
        ("azapi_resource.maybe[1].name", "fails"),
        ("azapi_resource.open[\"a\"].type", "\"T\""),
        ("azapi_resource.open[\"a\"].name", "…"),
        ("{ for k, r in azapi_resource.open : k => r.type }", "{* = \"T\"}"),
    ]);
}

#[test]
fn self_is_the_instance_around() {
    let text = "resource \"t\" \"r\" {\n  for_each = { k = \"w\" }\n  name = each.value\n  lifecycle {\n    postcondition {\n      condition = \"${self.name}-${self.id}\"\n    }\n  }\n}\n";
    let module = module(text);
    let evaluator = Evaluator::new(&module, Assume::Nothing);
    let (block, _) = module.provider_blocks().next().expect("a block");
    let lifecycle = block.node.body().and_then(|body| body.blocks_named("lifecycle").next()?.body());
    let condition = lifecycle.and_then(|body| body.blocks().next()?.body()?.attribute("condition")?.value());
    let value = evaluator.value(&block.with(condition.expect("a condition")));
    assert_eq!(value.to_string(), "\"w-<t.r[\"k\"].id>\"");
}

fn arguments(text: &str) -> String {
    let module = module(text);
    let evaluator = Evaluator::new(&module, Assume::Nothing);
    let (block, _) = module.provider_blocks().next().expect("a block");
    let body = block.with(block.node.body().expect("its body"));
    evaluator.arguments(&[body], &evaluator.any_scope(&block)).to_string()
}

#[test]
fn the_arguments_of_a_block_have_its_nested_blocks_as_lists() {
    let block =
        |body: &str| format!("variable \"v\" {{}}\nresource \"azapi_resource\" \"r\" {{\n{body}\n}}\n");
    for (body, expected) in [
        ("name = \"n\"", "{name = \"n\"}"),
        ("identity {\n  type = \"T\"\n}", "{identity = list[{type = \"T\"}]}"),
        ("a {\n  b {\n    c = 1\n  }\n}\na {}", "{a = list[{b = list[{c = 1}]}, {}]}"),
        (
            "dynamic \"a\" {\n  for_each = { k = 1 }\n  content {\n    key = a.key\n    value = a.value\n  }\n}",
            "{a = list[{key = \"k\", value = 1}]}",
        ),
        (
            "dynamic \"a\" {\n  for_each = [1, 2]\n  iterator = it\n  content {\n    v = it.value\n  }\n}",
            "{a = list[{v = 1}, {v = 2}]}",
        ),
        ("dynamic \"a\" {\n  for_each = var.v\n  content {\n    c = 1\n  }\n}", "{a = list[*{c = 1}]}"),
        (
            "dynamic \"a\" {\n  for_each = var.v ? [1] : []\n  content {\n    c = 1\n  }\n}",
            "{a = list[?{c = 1}]}",
        ),
        ("dynamic \"a\" {\n  for_each = []\n  content {\n    c = 1\n  }\n}", "{a = list[]}"),
        ("for_each = { k = \"w\" }\nname = each.value", "{for_each = {k = \"w\"}, name = \"w\"}"),
    ] {
        assert_eq!(arguments(&block(body)), expected, "{body}");
    }
}

#[test]
fn instances_are_listed_with_what_each_is() {
    let instances = |repeat: &str| {
        let text =
            format!("variable \"v\" {{}}\nresource \"t\" \"r\" {{\n  {repeat}\n  x = each.value\n}}\n");
        let module = module(&text);
        let evaluator = Evaluator::new(&module, Assume::Nothing);
        let (block, _) = module.provider_blocks().next().expect("a block");
        let found = evaluator.instances(&block);
        let shown = |instance: &super::super::Instance| {
            let value = evaluator.argument(&block, "x", &evaluator.scope(&block, instance));
            format!("{}: {}", instance.key, value.expect("it is written"))
        };
        let known = found.known.iter().map(|(instance, _)| shown(instance));
        known.chain(found.rest.iter().map(|rest| format!("*{}", shown(rest)))).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(instances(""), ": …");
    assert_eq!(instances("count = 2"), "[0]: …, [1]: …");
    assert_eq!(instances("for_each = { a = 1, b = 2 }"), "[\"a\"]: 1, [\"b\"]: 2");
    assert_eq!(instances("for_each = toset([\"b\", \"a\", \"b\"])"), "[\"a\"]: \"a\", [\"b\"]: \"b\"");
    assert_eq!(instances("for_each = var.v"), "*[…]: …");
    assert_eq!(instances("for_each = { for k, v in var.v : k => { n = v } }"), "*[…]: {n = …}");
    assert_eq!(instances("for_each = var.v ? { a = 1 } : {}"), "[\"a\"]: 1");
    assert_eq!(instances("for_each ="), "*[…]: …");
}

const CHILD: &str = r#"
variable "name" {}
variable "size" {
  type    = number
  default = 3
}
variable "kind" {
  nullable = false
  default  = "k"
}
resource "azapi_resource" "this" {
  name = var.name
}
output "id" { value = azapi_resource.this.id }
output "name" { value = azapi_resource.this.name }
output "size" { value = var.size }
output "kind" { value = var.kind }
output "secret" {
  value     = "s"
  sensitive = true
}
"#;

const ROOT: &str = r#"
variable "v" {}
module "one" {
  source = "./child"
  name   = "first"
  kind   = null
}
module "each" {
  source   = "./child"
  for_each = { a = "x", b = "y" }
  name     = each.value
  size     = "7"
}
module "maybe" {
  source = "./child"
  count  = var.v ? 1 : 0
  name   = var.v
}
module "away" { source = "registry/away" }
module "loop" { source = "./loop" }
"#;

#[track_caller]
fn in_program(expression: &str, assume: Assume, expected: &str) {
    let looping = "module \"loop\" { source = \"./loop\" }\noutput \"x\" { value = module.loop.x }";
    let sources = Sources(HashMap::from([
        ("./child", Module::new(vec![file(7, CHILD)])),
        ("./loop", Module::new(vec![file(8, looping)])),
    ]));
    let root = module(&format!("{ROOT}\nlocals {{\n  x = {expression}\n}}\n"));
    let evaluator = Evaluator::of_program(&sources, &root, assume);
    assert_eq!(value_of(&evaluator, "x").to_string(), expected, "{expression}");
}

#[test]
fn inputs_flow_into_a_called_module_and_outputs_back() {
    for (expression, expected) in [
        ("module.one.name", "\"first\""),
        ("module.one.id", "<module.one.azapi_resource.this.id>"),
        ("module.one.size", "3"),
        ("module.one.kind", "\"k\""),
        ("module.one.secret", "\"s\"#s"),
        ("module.one.gone", "fails"),
        ("module.each[\"b\"].name", "\"y\""),
        ("module.each[\"b\"].size", "7"),
        ("module.each[\"b\"].id", "<module.each[\"b\"].azapi_resource.this.id>"),
        ("module.each[\"c\"].name", "fails"),
        ("{ for k, m in module.each : k => m.name }", "{a = \"x\", b = \"y\"}"),
        ("module.maybe[0].size", "3"),
        ("try(module.maybe[0].size, 0)", "(3 | 0)"),
        ("module.maybe[*].size", "[?3]"),
        ("module.maybe[0].name", "…"),
        ("module.away.x", "…"),
        ("module.loop.x", "…"),
    ] {
        in_program(expression, Assume::Nothing, expected);
    }
}

#[test]
fn the_default_of_a_called_module_holds_in_every_run() {
    in_program("module.one.size", Assume::Defaults, "3");
    let child = module(&format!("{CHILD}\nlocals {{\n  x = var.size\n}}\n"));
    let by_itself = Evaluator::new(&child, Assume::Nothing);
    assert_eq!(value_of(&by_itself, "x").to_string(), "number?");
}

#[test]
fn a_block_of_a_called_module_is_found_with_the_inputs_of_its_call() {
    let sources = Sources(HashMap::from([("./child", Module::new(vec![file(7, CHILD)]))]));
    let root = module(&format!("{ROOT}\nlocals {{\n  x = module.each[\"b\"].id\n}}\n"));
    let evaluator = Evaluator::of_program(&sources, &root, Assume::Nothing);
    let crate::terraform::value::ValueKind::Computed(id) = value_of(&evaluator, "x").kind else {
        panic!("an id that is computed")
    };
    let (block, scope) = evaluator.block(&id.block).expect("the block");
    assert_eq!(block.file, FileId(7));
    assert_eq!(evaluator.argument(&block, "name", &scope).expect("it is written").to_string(), "\"y\"");
}

#[test]
fn a_template_in_a_file_sees_its_own_variables_only() {
    let evaluator_of = |text: &str| {
        let module = module("locals {\n  a = 1\n}\n");
        let evaluator = Evaluator::new(&module, Assume::Nothing);
        let item = crate::terraform::value::Item::always(Value::string("there"));
        let variables = crate::terraform::value::Object::new([("v".into(), item)].into_iter().collect());
        let scope = super::super::NameScope::new(
            super::super::ContextId::ROOT,
            super::super::Instance::single(),
            None,
        );
        let env = evaluator.env(&scope, FileId(0), 0.into());
        evaluator.budget.ask(|| evaluator.render_text(text, &variables, env)).to_string()
    };
    for (text, expected) in [
        ("a ${v} $${b}", "\"a there ${b}\""),
        ("${v}", "\"there\""),
        ("line\n", "\"line\\n\""),
        ("%{ for x in [1, 2] ~}\n${x}\n%{ endfor ~}\n", "\"1\\n2\\n\""),
        ("${local.a}-", "\"…-\""),
        ("${v", "fails"),
        ("", "\"\""),
        ("EOT\nEOT", "\"EOT\\nEOT\""),
    ] {
        assert_eq!(evaluator_of(text), expected, "{text}");
    }
}

#[test]
fn every_called_module_is_found_with_its_instances_and_whether_each_run_has_it() {
    let sources = Sources(HashMap::from([
        ("./child", Module::new(vec![file(7, CHILD)])),
        (
            "./middle",
            Module::new(vec![file(8, "module \"in\" {\n  source = \"./child\"\n  name = \"n\"\n}\n")]),
        ),
    ]));
    let root =
        module(&format!("{ROOT}\nmodule \"far\" {{\n  source = \"./middle\"\n  for_each = var.v\n}}\n"));
    let evaluator = Evaluator::of_program(&sources, &root, Assume::Nothing);
    let shown = |called: &super::super::CalledModule| {
        format!("{}{}", called.address, if called.is_certain { "" } else { "?" })
    };
    let all: Vec<String> = evaluator.called_modules().iter().map(shown).collect();
    assert_eq!(
        all,
        [
            "module.one",
            "module.each[\"a\"]",
            "module.each[\"b\"]",
            "module.maybe[0]?",
            "module.far[\"key\"]?",
            "module.far[\"key\"].module.in?",
        ]
    );
    let ways: Vec<usize> = evaluator.ways_to(FileId(8)).iter().map(|path| path.0.len()).collect();
    assert_eq!(ways, [1]);
    assert_eq!(evaluator.ways_to(FileId(7)).len(), 4);
}

#[test]
fn inside_a_called_module_names_have_the_values_of_that_call() {
    let sources = Sources(HashMap::from([("./child", Module::new(vec![file(7, CHILD)]))]));
    let root = module(ROOT);
    let evaluator = Evaluator::of_program(&sources, &root, Assume::Nothing);
    let names = evaluator.called_modules().into_iter().filter_map(|called| {
        evaluator.inside(&called.path, || {
            let block = evaluator.module().block(&Address::parse("azapi_resource.this").unwrap())?;
            let scope = evaluator.any_scope(&block);
            Some(evaluator.argument(&block, "name", &scope)?.to_string())
        })?
    });
    assert_eq!(names.collect::<Vec<_>>(), ["\"first\"", "\"x\"", "\"y\"", "…"]);
    assert!(evaluator.module().block(&Address::parse("azapi_resource.this").unwrap()).is_none());
}

#[test]
fn files_of_the_folder_are_read_where_it_is_known_which_folder_is_meant() {
    let files = || {
        let texts = [("a.json", "{\"k\": 1}"), ("p/b.txt", "b"), ("p/c.txt", "c")];
        let texts = texts.map(|(path, text)| (path.to_owned(), Some(text.into()))).into();
        Arc::new(crate::terraform::side_files::SideFiles::new(texts, vec!["deep".to_owned()]))
    };
    let text =
        |expression: &str| format!("locals {{\n  x = {expression}\n}}\noutput \"x\" {{ value = local.x }}\n");
    for (expression, by_itself, called) in [
        ("file(\"p/b.txt\")", "\"b\"", "string!"),
        ("file(\"${path.root}/p/b.txt\")", "\"b\"", "string!"),
        ("file(\"${path.module}/p/b.txt\")", "\"b\"", "\"b\""),
        ("jsondecode(file(format(\"%s/a.json\", path.module))).k", "1", "1"),
        ("file(\"${path.module}/../p/b.txt\")", "string!", "string!"),
        ("file(\"${path.module}p/b.txt\")", "string!", "string!"),
        ("file(\"${path.cwd}/p/b.txt\")", "string!", "string!"),
        ("file(\"gone.txt\")", "string!", "string!"),
        ("fileexists(\"${path.module}/a.json\")", "true", "true"),
        ("fileexists(\"${path.module}/gone.json\")", "bool!", "bool!"),
        ("filebase64(\"${path.module}/p/b.txt\")", "\"Yg==\"", "\"Yg==\""),
        ("filemd5(\"${path.module}/p/b.txt\") == md5(\"b\")", "true", "true"),
        (
            "fileset(\"${path.module}/p\", \"*.txt\")",
            "set[\"b.txt\", \"c.txt\"]",
            "set[\"b.txt\", \"c.txt\"]",
        ),
        ("fileset(path.module, \"**\")", "set(string)!", "set(string)!"),
        ("\"${path.module}/x\"", "\"<path.module>/x\"", "\"<path.module>/x\""),
        ("path.module == \".\"", "bool!", "bool!"),
    ] {
        let alone = module(&text(expression)).with_side_files(files());
        let value = value_of(&Evaluator::new(&alone, Assume::Nothing), "x").to_string();
        assert_eq!(value, by_itself, "{expression}");
        let child = module(&text(expression)).with_side_files(files()).called();
        let value = value_of(&Evaluator::new(&child, Assume::Nothing), "x").to_string();
        assert_eq!(value, called, "{expression}, called");
        let sources = Sources(HashMap::from([("./child", child)]));
        let root = module("module \"m\" { source = \"./child\" }\nlocals {\n  x = module.m.x\n}\n");
        let evaluator = Evaluator::of_program(&sources, &root, Assume::Nothing);
        assert_eq!(value_of(&evaluator, "x").to_string(), called, "{expression}, from its caller");
    }
}
