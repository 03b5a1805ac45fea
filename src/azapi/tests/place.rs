use super::harness::{place, references, table, with};

#[test]
fn names_in_the_providers_own_configuration() {
    let block = |rows: &str| format!("provider \"azapi\" {{\n  {rows}");
    table(
        |rows| place(&block(rows)),
        &[
            ("$0\n}\n", "name wanted in block"),
            ("use_cli = true\n  us$0", "argument name us"),
            ("use_$0cli = true\n}\n", "argument name use_cli"),
            ("use_cli = $0true\n}\n", "nothing"),
            ("endp$0oint {\n  }\n}\n", "nested block endpoint"),
            ("endpoint {\n    $0\n  }\n}\n", "name wanted in block.endpoint"),
        ],
    );
    table(place, &[("provider \"azurerm\" {\n  use_$0cli = true\n}\n", "nothing")]);
}

#[test]
fn a_type_and_where_it_belongs() {
    let block = |row: &str| format!("resource \"azapi_resource\" \"x\" {{\n  {row}");
    table(
        |row| place(&block(row)),
        &[
            ("type = \"Test.$0Rp/widgets@2024-01-01\"\n}\n", "type value"),
            ("type = $0\n}\n", "type value"),
            ("type =$0\n}\n", "type value"),
            ("type = \"$0\n}\n", "type value"),
            ("type = \"Test.Rp/wid$0", "type value"),
            ("type = Test.Rp/wid$0gets@2024\n}\n", "type value"),
            ("type = $0\n  name = \"w\"\n}\n", "type value"),
            ("type = \"A.B/c@1\" # about$0 it\n}\n", "type value"),
            ("ty$0pe = \"\"\n}\n", "argument name type"),
            ("type $0= \"\"\n}\n", "block"),
            ("type = \"\"\n  $0\n}\n", "name wanted in block"),
        ],
    );
    table(
        place,
        &[
            ("resource \"azapi_resource\" \"x\" { type = \"$0\" }\n", "type value"),
            ("data \"azapi_resource\" \"x\" {\n  type = \"$0\"\n}\n", "type value"),
            ("list \"azapi_resource\" \"x\" {\n  config {\n    type = \"$0\"\n  }\n}\n", "type value"),
            ("resource \"azurerm_thing\" \"x\" {\n  type = \"$0\"\n}\n", "nothing"),
            (
                "resource \"azapi_resource\" \"x\" {\n  type = local.t\n}\nlocals {\n  t = \"Test.Rp/$0\"\n}\n",
                "type value",
            ),
            (
                "resource \"azapi_resource\" \"x\" {\n  type = var.t.this\n}\nvariable \"t\" {\n  type = object({ this = optional(string, \"$0\") })\n  default = {}\n}\n",
                "type value",
            ),
            (
                "resource \"azapi_resource\" \"x\" {\n  type = var.c ? local.t.a : local.t.b\n}\nlocals {\n  t = { a = \"x@y\", b = \"$0\" }\n}\n",
                "type value",
            ),
            ("locals {\n  t = \"Test.Rp/$0\"\n}\n", "nothing"),
        ],
    );
}

#[test]
fn arguments_and_their_values() {
    table(
        |row| place(&with(row)),
        &[
            ("loca$0tion = \"west\"", "argument name location"),
            ("location$0 = \"west\"", "argument name location"),
            ("location = \"we$0st\"", "argument value location"),
            ("location = \"$0", "argument value location"),
            ("location = \"we$0\n  name = \"w\"", "argument value location"),
            ("parent_id = azapi_resource.$0", "argument value parent_id"),
            ("parent_id = azapi_resource.rg.i$0d", "argument value parent_id"),
            ("tags = { en$0v = \"x\" }", "argument name tags.env"),
            ("tags = { env = \"x$0\" }", "argument value tags.env"),
            ("tags = {$0}", "name wanted in block.tags"),
            ("retry = { error_message_regex = [\"$0\"] }", "argument value retry.error_message_regex"),
            ("body = {}$0", "body value the body"),
            ("bo$0dy = {}", "argument name body"),
            ("for_each$0 = {}", "argument name for_each"),
        ],
    );
}

#[test]
fn nested_blocks_and_what_is_in_them() {
    table(
        |row| place(&with(row)),
        &[
            ("identi$0ty {\n  type = \"SystemAssigned\"\n}", "nested block identity"),
            ("identity $0{\n}", "block"),
            ("identity {\n  ty$0pe = \"\"\n}", "argument name identity.type"),
            ("identity {\n  type = \"$0\"\n}", "argument value identity.type"),
            ("identity {\n  $0\n}", "name wanted in block.identity"),
            ("identity {\n  $0", "name wanted in block.identity"),
            ("identity {\n  type = \"\"\n  ide$0\n}", "argument name identity.ide"),
            ("timeouts {\n  create = \"3$0m\"\n}", "argument value timeouts.create"),
        ],
    );
}

#[test]
fn names_that_belong_where_nothing_or_half_a_word_is_written() {
    table(
        |row| place(&with(row)),
        &[
            ("$0", "name wanted in block"),
            ("loc$0", "argument name loc"),
            ("loc$0\n  name = \"w\"", "argument name loc"),
            ("name = \"w\"\n  $0", "name wanted in block"),
            ("name = \"w\" $0", "block"),
            ("# a rem$0ark", "block"),
        ],
    );
}

#[test]
fn labels_other_blocks_and_the_end_of_the_file() {
    table(
        place,
        &[
            ("resource \"azapi_re$0source\" \"x\" {\n}\n", "block type"),
            ("resource \"azapi_resource\" \"$0x\" {\n}\n", "block"),
            ("reso$0urce \"azapi_resource\" \"x\" {\n}\n", "block"),
            ("resource \"azapi_resource\" \"x\" {\n}$0\n", "block"),
            ("resource \"azapi_resource\" \"x\" {\n}\n$0", "nothing"),
            ("resource \"azapi_resource\" \"x\" {\n  $0", "name wanted in block"),
            ("resource \"azapi_resource\" \"x\" {$0", "name wanted in block"),
            ("resource \"azapi_resource\" \"x\" $0", "nothing"),
            ("resource \"azapi_$0", "block type"),
            ("resource azapi_$0", "block type without quotes"),
            ("reso$0", "nothing"),
            ("$0", "nothing"),
            ("variable \"x\" {\n  type$0 = string\n}\n", "nothing"),
            ("locals {\n  a = \"$0\"\n}\n", "nothing"),
        ],
    );
}

#[test]
fn bodies_half_typed() {
    table(
        |row| place(&with(row)),
        &[
            ("body = { $0 }", "name wanted in the body"),
            ("body = { prop$0 }", "body key prop"),
            ("body = { properties$0", "body key properties"),
            ("body = { properties = { status = \"$0", "body value properties.status"),
            ("body = { properties = { rules = [{ $0", "name wanted in properties.rules.0"),
            ("body = {\n    properties = {\n      $0\n  }", "name wanted in properties"),
            ("body = jsonencode({ properties = { sta$0tus = \"\" } })", "body key properties.status"),
            ("body = local.b\n\nlocals { b = { proper$0ties = {} } }", "body key properties"),
        ],
    );
}

#[test]
fn names_and_values_where_nothing_is_written() {
    table(
        |row| place(&with(row)),
        &[
            ("tags = {\n    $0\n  }", "name wanted in block.tags"),
            ("body = {\n    $0\n  }", "name wanted in the body"),
            ("identity {\n    type = $0\n  }", "argument value identity.type"),
            ("location = $0", "argument value location"),
            (
                "dynamic \"identity\" {\n    for_each = [1]\n    content {\n      ty$0pe = \"\"\n    }\n  }",
                "argument name identity.type",
            ),
        ],
    );
    table(
        place,
        &[
            ("resource \"azapi_$0", "block type"),
            ("resource \"azapi_re$0source\" \"x\" {\n}\n", "block type"),
            ("list \"azapi_resource\" \"x\" {\n  type = \"$0\"\n}\n", "block"),
        ],
    );
}

#[test]
fn references_and_declarations_lead_to_each_other() {
    let locals = "#- a.tf\nlocals {\n  a = 1\n  b = local.a\n  c = \"${local.a}-${local.ab}\"\n}\n#- b.tf\noutput \"o\" {\n  value = [local.HERE, local.b.a]\n}\n";
    let blocks = "#- a.tf\nresource \"azapi_resource\" \"x\" {\n  type = \"Test.Rp/widgets@2024-01-01\"\n  parent_id = azapi_resource.HEREy[0].id\n  body = { location = azapi_resource.y.location }\n}\nresource \"azapi_resource\" \"y\" {\n}\n";
    table(
        references,
        &[
            (&locals.replace("HERE", "$0a"), "local.a declared 1:1, used 1:2 1:3 2:1"),
            (&locals.replace("HERE", "a$0"), "local.a declared 1:1, used 1:2 1:3 2:1"),
            (
                &locals.replace("HERE", "a").replace("  a = 1", "  $0a = 1"),
                "local.a declared 1:1, used 1:2 1:3 2:1",
            ),
            (&locals.replace("HERE", "gone$0"), "local.gone declared , used 2:1"),
            (&locals.replace("HERE", "a").replace("local.b.a", "local.b.$0a"), "nothing"),
            (&blocks.replace("HERE", "$0"), "azapi_resource.y declared 1:5, used 1:2 1:3"),
            (
                "variable \"$0v\" {}\noutput \"o\" {\n  value = [for v in var.v : v]\n}\n",
                "var.v declared 0:0, used 0:2",
            ),
        ],
    );
}
