use super::*;
use crate::terraform::Address;
use crate::terraform::span::ItemId;
use crate::terraform::value::Presence;

/// The steps and nodes that asking for every argument `body` takes.
fn cost(text: &str) -> (u64, u64) {
    let module = module(text);
    let evaluator = Evaluator::new(&module, Assume::Nothing);
    for (block, _) in module.provider_blocks() {
        let scope = evaluator.any_scope(&block);
        evaluator.argument(&block, "body", &scope);
    }
    evaluator.budget.spent()
}

fn blocks(count: usize, body: &str) -> String {
    (0..count).map(|at| format!("resource \"azapi_resource\" \"r{at}\" {{\n  body = {body}\n}}\n")).collect()
}

#[test]
fn a_branching_cycle_is_walked_once_however_many_blocks_use_it() {
    let cycle = "locals {\n  a = [local.b, local.c]\n  b = [local.a, local.c]\n  c = [local.a, local.b]\n}\n";
    let (few, _) = cost(&format!("{cycle}{}", blocks(1, "local.a")));
    let (many, _) = cost(&format!("{cycle}{}", blocks(500, "local.a")));
    assert!(few < 40, "{few}");
    assert!(many < few + 500 * 4, "{many}");
}

/// What is known of a local as others have it.
fn local_of(evaluator: &Evaluator<'_>, name: &str) -> Value {
    evaluator.budget.ask(|| evaluator.local(super::super::ContextId::ROOT, name))
}

#[test]
fn all_of_a_cycle_is_unknown_wherever_it_is_entered() {
    for (first, second) in [("a", "b"), ("b", "a")] {
        let module = module("locals {\n  a = { k = local.b }\n  b = { k = local.a }\n  c = [local.a]\n}\n");
        let evaluator = Evaluator::new(&module, Assume::Nothing);
        assert_eq!(value_of(&evaluator, "c").to_string(), "[…]");
        for name in [first, second] {
            assert_eq!(local_of(&evaluator, name).to_string(), "…");
        }
    }
}

#[test]
fn a_block_that_repeats_by_itself_ends() {
    check(
        "resource \"t\" \"r\" {\n  for_each = { for k, r in t.r : k => r.name }\n  name = each.value\n}\n",
        "t.r[\"a\"].name",
        "…",
    );
}

#[test]
fn a_large_local_merged_thousands_of_times_stays_within_the_budget() {
    let items: String = (0..2_000).map(|at| format!("    key{at:04} = \"value of it\"\n")).collect();
    let text =
        format!("locals {{\n  big = {{\n{items}  }}\n}}\n{}", blocks(5_000, "merge(local.big, { a = 1 })"));
    let (steps, nodes) = cost(&text);
    let bytes = text.len() as u64;
    assert!(nodes <= 500_000 + 4 * bytes, "{nodes} nodes for {bytes} bytes");
    assert!(steps <= 500_000 + 16 * bytes, "{steps} steps for {bytes} bytes");
}

#[test]
fn what_doubles_line_by_line_ends_in_the_unknown() {
    for (shape, last) in [
        ("\"${local.NEXT}${local.NEXT}\"", "\"0123456789\""),
        ("[local.NEXT, local.NEXT]", "[1]"),
        ("{ a = local.NEXT, b = local.NEXT }", "[1]"),
        ("concat(local.NEXT, local.NEXT)", "[1]"),
    ] {
        let lines: String = (0..60)
            .map(|at| format!("  l{at} = {}\n", shape.replace("NEXT", &format!("l{}", at + 1))))
            .collect();
        let module = module(&format!("locals {{\n  x = local.l0\n{lines}  l60 = {last}\n}}\n"));
        let evaluator = Evaluator::new(&module, Assume::Nothing);
        let value = value_of(&evaluator, "x");
        assert!(value.size_within(50_000, 100).is_some(), "{shape}");
        let (steps, nodes) = evaluator.budget.spent();
        assert!(steps < 200_000 && nodes < 200_000, "{shape}: {steps} steps, {nodes} nodes");
    }
}

#[test]
fn a_for_in_a_for_that_doubles_ends_in_the_unknown() {
    let open: String = (0..40).map(|at| format!("[for v{} in [v{at}, v{at}] : ", at + 1)).collect();
    let text = format!("locals {{\n  x = [for v0 in [1] : {open}v40{}]\n}}\n", "]".repeat(40));
    let module = module(&text);
    let evaluator = Evaluator::new(&module, Assume::Nothing);
    value_of(&evaluator, "x");
    assert!(evaluator.is_used_up());
}

/// On a stack of half the size that threads have.
fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(run);
    thread.expect("a thread").join().expect("no overflow");
}

#[test]
fn depth_is_bounded_whatever_leads_down() {
    let chain = |shape: &str| {
        let lines: String = (0..5_000)
            .map(|at| format!("  l{at} = {}\n", shape.replace("NEXT", &format!("l{}", at + 1))))
            .collect();
        format!("locals {{\n  x = local.l0\n{lines}  l5000 = 1\n}}\n")
    };
    let blocks: String = (0..5_000)
        .map(|at| {
            let next = at + 1;
            format!("resource \"t\" \"r{at}\" {{\n  name = \"${{t.r{next}.name}}-\"\n  count = t.r{next}.name\n}}\n")
        })
        .collect();
    let texts = [
        chain("local.NEXT"),
        chain("[local.NEXT]"),
        chain("\"${local.NEXT}-\""),
        chain("true ? { a = local.NEXT } : null"),
        chain("[for x in [1] : merge({ a = local.NEXT }, {})]"),
        format!("{blocks}locals {{\n  x = t.r0.name\n}}\n"),
        format!("locals {{\n  x = {}1{}\n}}\n", "[".repeat(5_000), "]".repeat(5_000)),
        format!("locals {{\n  x = {}1\n}}\n", "1 + ".repeat(5_000)),
        format!("locals {{\n  x = local.x{}\n}}\n", ".a".repeat(5_000)),
        format!("locals {{\n  x = null{}\n}}\n", "[*]".repeat(5_000)),
        format!("locals {{\n  x = \"{}{}\"\n}}\n", "%{ if true }".repeat(500), "%{ endif }".repeat(500)),
    ];
    on_a_small_stack(move || {
        for text in &texts {
            let module = module(text);
            let evaluator = Evaluator::new(&module, Assume::Nothing);
            value_of(&evaluator, "x");
            // From the far end too, so that values in values are remembered.
            for at in (0..5_000).rev() {
                if let Some(local) = module.local(&format!("l{at}")) {
                    evaluator.value(&local);
                }
            }
        }
    });
}

#[test]
fn more_outcomes_than_can_be_kept_apart_are_joined() {
    let cases: String = (0..20).map(|at| format!("var.v == {at} ? {{ a = {at}, k{at} = 1 }} : ")).collect();
    let text = format!("variable \"v\" {{}}\nlocals {{\n  x = {cases}{{ a = 99 }}\n}}\n");
    let module = module(&text);
    let value = value_of(&Evaluator::new(&module, Assume::Nothing), "x");
    assert!(value.outcomes().count() <= 12);
    let objects: Vec<_> = value.outcomes().map(|outcome| outcome.as_object().expect("an object")).collect();
    assert!(objects.iter().all(|object| object.items["a"].presence == Presence::Always));
    for at in 0..20 {
        assert!(objects.iter().any(|object| object.items.contains_key(format!("k{at}").as_str())), "k{at}");
    }
}

fn dependencies(text: &str, local: &str) -> Vec<String> {
    let module = module(text);
    let evaluator = Evaluator::new(&module, Assume::Nothing);
    // An earlier question must not hide what a later one depends on.
    value_of(&evaluator, local);
    looked_up(&evaluator, || value_of(&evaluator, local))
}

/// What a small question looks up, in the order of the alphabet.
fn looked_up<R>(evaluator: &Evaluator<'_>, ask: impl FnOnce() -> R) -> Vec<String> {
    let (_, found) = evaluator.tracked(ask);
    let mut shown: Vec<String> = found.expect("a small question").iter().map(|it| it.to_string()).collect();
    shown.sort();
    shown
}

#[test]
fn everything_that_a_question_looks_up_is_known_also_when_it_is_remembered() {
    let text = "locals {\n  x = [local.a, local.gone]\n  a = t.r[0].name\n  b = 1\n}\nvariable \"v\" {}\nresource \"t\" \"r\" {\n  count = var.v\n  name = local.c\n}\nlocals {\n  c = 1\n}\n";
    assert_eq!(dependencies(text, "x"), ["local.a", "local.c", "local.gone", "t.r", "var.v"]);
    assert_eq!(dependencies(text, "b"), Vec::<String>::new());
}

#[test]
fn an_answer_holds_until_something_it_looked_up_is_another() {
    let before = "locals {\n  x = local.a\n  a = 1\n  b = 2\n}\n";
    let first = syntax::parse(before);
    let index = Arc::new(FileIndex::new(&first.root()));
    let module = Module::new(vec![ModuleFile::new(FileId(0), first, Arc::clone(&index))]);
    let evaluator = Evaluator::new(&module, Assume::Nothing);
    let (_, found) = evaluator.tracked(|| value_of(&evaluator, "x"));
    let found = found.expect("a small question");
    let holds_in = |text: &str| {
        let parse = syntax::parse(text);
        let index = Arc::new(FileIndex::after(&parse.root(), &index));
        let module = Module::new(vec![ModuleFile::new(FileId(0), parse, index)]);
        Evaluator::new(&module, Assume::Nothing).holds(&found)
    };
    assert!(holds_in(before));
    assert!(holds_in(&before.replace("b = 2", "b = 3")));
    assert!(holds_in(&format!("# above\n{before}")));
    assert!(!holds_in(&before.replace("a = 1", "a = 3")));
    assert!(!holds_in(&format!("{before}locals {{\n  a = 1\n}}\n")), "declared twice");
    assert!(!holds_in("locals {\n  x = local.a\n}\n"), "gone");
}

#[test]
fn ids_of_items_are_never_given_twice() {
    let ids = |text: &str| {
        let module = module(text);
        let span = module.span(FileId(0), crate::text::TextRange::empty(0.into()));
        span.map(|span| span.item)
    };
    let (one, two): (Option<ItemId>, Option<ItemId>) = (ids("variable \"a\" {}"), ids("variable \"a\" {}"));
    assert_ne!(one, two);
}

#[test]
fn a_local_used_by_200_blocks_is_evaluated_once() {
    let steps = |blocks: usize, large: &str| {
        let blocks: String =
            (0..blocks).map(|at| format!("resource \"t\" \"r{at}\" {{\n  name = local.x.a\n}}\n")).collect();
        let module = module(&format!("locals {{\n  x = {{ a = {large} }}\n}}\n{blocks}"));
        let evaluator = Evaluator::new(&module, Assume::Nothing);
        for (block, _) in module.provider_blocks() {
            let scope = evaluator.any_scope(&block);
            evaluator.arguments(&[block.with(block.node.body().expect("a body"))], &scope);
        }
        evaluator.budget.spent().0
    };
    let large = "[for i in range(500) : \"${i}-\"][0]";
    let (one, all) = (steps(1, large), steps(200, large));
    assert!(one > 500, "{one} steps");
    assert_eq!(all - one, steps(200, "1") - steps(1, "1"), "of the other 199 blocks");
}

/// The instances of the block `r.NAME`.
fn repeated(text: &str, name: &str) -> String {
    let module = module(text);
    let evaluator = Evaluator::new(&module, Assume::Nothing);
    let block = module.block(&Address::parse(&format!("r.{name}")).expect("an address")).expect("a block");
    let found = evaluator.instances(&block);
    let known: Vec<String> = found.known.iter().map(|(instance, _)| instance.key.to_string()).collect();
    format!("{}{}", known.join(""), if found.rest.is_some() { "*" } else { "" })
}

#[test]
fn blocks_that_repeat_for_one_another_in_a_circle_are_not_known() {
    let block = |name: &str, repeat: &str| format!("resource \"r\" \"{name}\" {{\n  {repeat}\n}}\n");
    for circle in [
        block("a", "for_each = r.a"),
        block("a", "for_each = { for k, v in r.a : k => v }"),
        block("a", "for_each = r.a[*]"),
        block("a", "count = length(r.a)"),
        block("a", "for_each = r.b") + &block("b", "for_each = r.a"),
        block("a", "for_each = r.b") + &block("b", "for_each = r.c") + &block("c", "for_each = r.b"),
        block("a", "for_each = { for k, v in r.b : k => v }") + &block("b", "count = length(keys(r.a))"),
        block("a", "for_each = local.x") + "locals {\n  x = r.a\n}\n",
        block("a", "for_each = merge(r.a, { x = 1 })"),
    ] {
        for text in [circle.clone(), format!("{circle}{}", block("z", "for_each = r.a"))] {
            let last = if text.len() > circle.len() { "z" } else { "a" };
            assert!(!repeated(&text, last).contains('['), "{text}");
            assert_eq!(repeated(&text, last), repeated(&text, last));
        }
    }
    assert_eq!(
        repeated(&(block("a", "for_each = { k = 1 }") + &block("b", "for_each = r.a")), "b"),
        "[\"k\"]"
    );
}

#[test]
fn a_long_row_of_blocks_that_repeat_for_the_next_is_followed_so_far_and_no_further() {
    let row = |count: usize| {
        let blocks =
            (0..count).map(|at| format!("resource \"r\" \"b{at}\" {{\n  for_each = r.b{}\n}}\n", at + 1));
        let last = format!("resource \"r\" \"b{count}\" {{\n  for_each = {{ k = 1 }}\n}}\n");
        blocks.collect::<String>() + &last
    };
    assert_eq!(repeated(&row(50), "b0"), "[\"k\"]");
    assert_eq!(repeated(&row(20_000), "b0"), "*");
}

/// A module in which all may refer to all.
fn tangle(rng: &mut fastrand::Rng) -> String {
    let mut name = |names: &[&str]| names[rng.usize(..names.len())].to_owned();
    let mut expression = || {
        let form = name(&[
            "@",
            "[@]",
            "{ k = @ }",
            "\"${@}/${@}\"",
            "[@, @]",
            "{ for k, v in @ : k => @ }",
            "[for v in @ : v]",
            "@ == 1 ? @ : { k = 1 }",
            "merge(@, { k = @ })",
            "length(@)",
            "try(@, 1)",
            "@[\"k\"]",
            "@.name",
        ]);
        let parts: Vec<&str> = form.split('@').collect();
        let mut made = parts[0].to_owned();
        for part in &parts[1..] {
            made += &name(&[
                "local.a",
                "local.b",
                "local.c",
                "r.a",
                "r.b",
                "r.a[\"k\"].name",
                "r.b.name",
                "each.value",
                "1",
                "{ k = 1 }",
            ]);
            made += part;
        }
        made
    };
    let locals = ["a", "b", "c"].map(|name| format!("locals {{\n  {name} = {}\n}}\n", expression()));
    let blocks = ["a", "b"].map(|name| {
        format!(
            "resource \"r\" \"{name}\" {{\n  for_each = {}\n  name = {}\n}}\n",
            expression(),
            expression()
        )
    });
    locals.concat() + &blocks.concat()
}

/// What is known of everything in a tangle, asked in this order.
fn known_in_order(module: &Module, order: &[usize]) -> Vec<(usize, String)> {
    let evaluator = Evaluator::new(module, Assume::Nothing);
    let ask = |at: &usize| match at {
        0..=2 => value_of(&evaluator, ["a", "b", "c"][*at]).to_string(),
        _ => {
            let address = Address::parse(["r.a", "r.b"][(at - 3) % 2]).expect("an address");
            let block = module.block(&address).expect("a block");
            match at {
                3 | 4 => {
                    let found = evaluator.instances(&block);
                    format!("{:?} {:?}", found.known, found.rest)
                }
                _ => format!("{:?}", evaluator.argument(&block, "name", &evaluator.any_scope(&block))),
            }
        }
    };
    order.iter().map(|at| (*at, ask(at))).collect()
}

#[test]
fn what_is_known_does_not_depend_on_what_was_asked_before() {
    let mut rng = fastrand::Rng::with_seed(7);
    for _ in 0..2_000 {
        let text = tangle(&mut rng);
        let mut order: Vec<usize> = (0..7).collect();
        rng.shuffle(&mut order);
        let module = module(&text);
        for (at, found) in known_in_order(&module, &order) {
            let alone = known_in_order(&module, &[at]);
            assert_eq!(found, alone[0].1, "{at} in {order:?} of\n{text}");
        }
    }
}

#[test]
fn what_leads_into_a_circle_and_what_the_circle_leads_to_is_known() {
    let text = "locals {\n  a = [local.b, local.c]\n  b = local.a\n  c = [local.b]\n  d = [1]\n  e = { k = [local.c, local.d] }\n}\n";
    for order in [["a", "c", "e"], ["c", "a", "e"], ["e", "c", "a"]] {
        let module = module(text);
        let evaluator = Evaluator::new(&module, Assume::Nothing);
        for local in order {
            let known = local_of(&evaluator, local).to_string();
            let expected = if local == "e" { "{k = […, [1]]}" } else { "…" };
            assert_eq!(known, expected, "{local} of {order:?}");
        }
    }
}

#[test]
fn each_of_a_circle_depends_on_all_of_it() {
    let text = "locals {\n  a = [local.b]\n  b = [local.c, local.d]\n  c = local.a\n  d = 1\n}\n";
    let all = ["local.a", "local.b", "local.c", "local.d"];
    for first in ["a", "b", "c"] {
        let module = module(text);
        let evaluator = Evaluator::new(&module, Assume::Nothing);
        local_of(&evaluator, first);
        for then in ["a", "b", "c"] {
            let found = looked_up(&evaluator, || local_of(&evaluator, then));
            assert_eq!(found, all, "{then} behind {first}");
        }
    }
    let text = "resource \"r\" \"a\" {\n  for_each = r.b\n}\nresource \"r\" \"b\" {\n  for_each = local.c\n}\nlocals {\n  c = { for k, v in r.a : k => v }\n  x = keys(r.a)\n  y = keys(r.b)\n}\n";
    assert_eq!(dependencies(text, "x"), dependencies(text, "y"));
}

#[test]
fn an_answer_that_depends_on_very_much_is_not_kept() {
    let found = |count: usize| {
        let names: Vec<String> = (0..count).map(|at| format!("local.n{at}")).collect();
        let module = module(&format!("locals {{\n  x = [{}]\n}}\n", names.join(", ")));
        let evaluator = Evaluator::new(&module, Assume::Nothing);
        evaluator.tracked(|| value_of(&evaluator, "x")).1.map(|found| found.len())
    };
    assert_eq!(found(1_000), Some(1_000));
    assert_eq!(found(3_000), None);
}

#[test]
fn modules_that_call_themselves_are_not_followed_in_circles() {
    let calls = |sources: &[&str]| {
        let call = |(at, source): (usize, &&str)| {
            format!(
                "module \"m{at}\" {{\n  source = \"{source}\"\n  for_each = {{ k = 1, l = 2 }}\n  a = module.m{at}\n}}\n"
            )
        };
        let calls: String = sources.iter().enumerate().map(call).collect();
        format!("{calls}output \"o\" {{\n  value = [module.m0, local.x]\n}}\nlocals {{\n  x = 1\n}}\n")
    };
    let a = Module::new(vec![file(1, &calls(&["a", "b", "b"]))]);
    let b = Module::new(vec![file(2, &calls(&["b", "a", "a"]))]);
    let sources = Sources([("a", a), ("b", b)].into());
    let root = module(&calls(&["a", "b"]));
    let evaluator = Evaluator::of_program(&sources, &root, Assume::Nothing);
    // Each of the two, and the other one within each of its calls.
    assert_eq!(evaluator.called_modules().len(), 4 + 4 * 4);
}
