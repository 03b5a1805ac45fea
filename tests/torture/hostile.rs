//! Hostile files: texts that nest, repeat, grow, turn in circles or name what is no file. Each is opened, asked about
//! everywhere, edited and closed; the server answers, holds little memory, and serves the next document as ever.

use std::fmt::Write;
use std::fs;

use fastrand::Rng;
use serde_json::{Value, json};

use crate::client::{Answer, Server};
use crate::model::{self, Encoding};
use crate::questions::Question;
use crate::rounds::{Subject, is_long, play};
use crate::texts;

/// More than the program may hold for any of these, in bytes.
const MOST_MEMORY: u64 = 1 << 30;

/// What can be begun again and again, and what ends it.
const NESTS: [(&str, &str); 36] = [
    ("(", ")"),
    ("[", "]"),
    ("{", "}"),
    ("{a=", "}"),
    ("{\"a\":", "}"),
    ("\"${", "}\""),
    ("\"%{if true}", "%{endif}\""),
    ("\"%{for x in y}", "%{endfor}\""),
    ("!", ""),
    ("-", ""),
    ("f(", ")"),
    ("merge({a=", "})"),
    ("jsonencode(", ")"),
    ("a[", "]"),
    ("x ? ", " : 1"),
    ("x ? 1 : ", ""),
    ("1 + ", ""),
    ("a && ", ""),
    ("a.", ""),
    ("a[0]", ""),
    ("a.*", ""),
    ("a[*]", ""),
    ("[for x in ", ": x]"),
    ("{for k, v in ", ": k => v}"),
    ("[for x in y: ", "]"),
    ("<<A\n${", "}\nA\n"),
    ("<<A\n", "A\n"),
    ("/*", "*/"),
    ("a {\n", "}\n"),
    ("a \"b\" {\n", "}\n"),
    ("dynamic \"a\" {\ncontent {\n", "}\n}\n"),
    ("x = {\n", "}\n"),
    ("\"\\", "\""),
    ("$${", "}"),
    ("provider::azapi::build_resource_id(", ")"),
    ("concat([", "])"),
];

/// What a megabyte of is one token, or nothing but blanks.
const TOKENS: [&str; 10] = ["a", "1", "é", "a-", " ", "\t", "#", "//", "/*", "<<A\n"];

/// What is wrong each time, or an item each time.
const REPEATED: [&str; 26] = [
    "@",
    "😀",
    "\u{feff}",
    "\0",
    "\r",
    "\n",
    "\r\n",
    "\u{2028}",
    ")",
    "}",
    "]",
    "\"",
    "'",
    "`",
    "\\",
    ".",
    ",",
    "/* */",
    "a = 1 ",
    "a = 1\n",
    "${",
    "%{",
    "x {}\n",
    "locals {}\n",
    "=",
    "<<A\n",
];

const AROUND: [(&str, &str); 4] = [
    ("", ""),
    ("a = ", "\n"),
    ("locals {\n  a = ", "\n}\n"),
    (
        "resource \"azapi_resource\" \"it\" {\n  type = \"Microsoft.ContainerRegistry/registries@2023-07-01\"\n  body = ",
        "\n}\n",
    ),
];

/// Expressions that are small, and whose values, texts or times may be large.
const GROWING: [&str; 44] = [
    "1e999999999",
    "-1e-999999999",
    "1e999999999 * 1e999999999",
    "1e999999999 + 1e-999999999",
    "1e999999999 % 3",
    "pow(10, 1000000000)",
    "pow(2.5, -1e300)",
    "log(1e999999, 2)",
    "ceil(1e999999999)",
    "parseint(\"zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz\", 36)",
    "format(\"%999999999d\", 1)",
    "format(\"%.999999999f\", 1)",
    "format(\"%0999999999s\", \"x\")",
    "format(\"%d\", 1e99999999)",
    "tostring(1e99999999)",
    "range(1e12)",
    "range(0, 1, 1e-12)",
    "range(0, 1e300, 1)",
    "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]]",
    "{for a in range(1000) : \"k${a}\" => [for b in range(1000) : \"${a}${b}\"]}",
    "join(\",\", [for a in range(1000) : join(\",\", range(1000))])",
    "setproduct(range(1000), range(1000), range(1000))",
    "flatten([for a in range(1000) : range(1000)])",
    "concat([for a in range(1000) : range(1000)]...)",
    "merge([for a in range(1000) : {for b in range(1000) : \"${a}-${b}\" => a}]...)",
    "regex(\"(a*)*b\", join(\"\", [for x in range(1000) : \"a\"]))",
    "regexall(\"(.*)(.*)(.*)(.*)(.*)x\", join(\"\", [for x in range(1000) : \"a\"]))",
    "regex(\"a{1000}{1000}{1000}\", \"a\")",
    "replace(join(\"\", range(1000)), \"/./\", join(\"\", range(1000)))",
    "jsondecode(join(\"\", [for x in range(1000) : \"[\"]))",
    "jsondecode(\"{\\\"a\\\":1e999999999}\")",
    "yamldecode(\"a: &a [x,x]\\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e]\\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f]\\nh: [*g,*g,*g,*g,*g,*g,*g,*g]\")",
    "cidrsubnets(\"10.0.0.0/8\", [for x in range(1000) : 16]...)",
    "[for x in range(1000) : cidrhost(\"::/0\", pow(2, x))]",
    "cidrsubnet(\"::/0\", 1e18, 1e300)",
    "substr(join(\"\", range(1000)), -1e300, 1e300)",
    "chunklist(range(1000), 1e-300)",
    "slice(range(1000), -1e300, 1e300)",
    "timeadd(\"2024-01-01T00:00:00Z\", \"999999999999999999999h\")",
    "formatdate(\"'''''''''''\", \"2024-01-01T00:00:00Z\")",
    "indent(999999999, \"a\\nb\")",
    "templatefile(\"self.tftpl\", {})",
    "file(\"pipe\")",
    "fileset(\".\", \"**/**/**/**/**/*\")",
];

/// Files of a folder; a name that begins with `->` is a link, or a pipe where it leads to none.
type Files = Vec<(&'static str, String)>;

fn nest(rng: &mut Rng, count: usize) -> String {
    let (begin, end) = *rng.choice(NESTS.as_slice()).expect("some");
    let (before, behind) = *rng.choice(AROUND.as_slice()).expect("some");
    let closed = rng.choice([0, count, count / 2, count + 3]).expect("some");
    format!(
        "{before}{}{}{}{behind}",
        begin.repeat(count),
        rng.choice(["", "1", "x"]).expect("some"),
        end.repeat(closed)
    )
}

/// Locals that each name the one before it, or all that there are.
fn chain(rng: &mut Rng, count: usize) -> String {
    let mut text = "locals {\n".to_owned();
    let kind = rng.u8(..8);
    for number in 0..count {
        let before = if number == 0 && rng.bool() { count - 1 } else { number.saturating_sub(1) };
        let before = format!("local.l{before}");
        let value = match kind {
            0 => before,
            1 => format!("\"${{{before}}}${{{before}}}\""),
            2 => format!("concat({before}, {before}, [1])"),
            3 => format!("[{before}, {before}]"),
            4 => format!("{{ a = {before}, b = {before} }}"),
            5 => format!("{before} * {before} + 2"),
            6 => format!("jsonencode([{before}, {before}])"),
            _ => format!("[for x in {before} : local.l{}]", rng.usize(..count)),
        };
        writeln!(text, "  l{number} = {value}").expect("a string takes everything");
    }
    write!(
        text,
        "}}\nresource \"azapi_resource\" \"it\" {{\n  type = local.l{0}\n  name = local.l{0}\n  body = {{ properties = local.l{0} }}\n}}\n",
        count - 1
    )
    .expect("a string takes everything");
    text
}

/// Modules that call themselves and one another, with ever more.
fn circle(rng: &mut Rng) -> Files {
    let call = |name: &str, source: &str, input: &str| {
        format!("module \"{name}\" {{\n  source = \"{source}\"\n  in     = {input}\n}}\n")
    };
    let input =
        rng.choice(["var.in", "[var.in, var.in]", "\"${var.in}${var.in}\"", "module.a.out"]).expect("some");
    let body = format!(
        "variable \"in\" {{}}\noutput \"out\" {{\n  value = [var.in, {}]\n}}\n",
        rng.choice(["module.a.out", "module.b.out", "1"]).expect("some")
    );
    let several = if rng.bool() { "count = 1000\n" } else { "" };
    vec![
        ("main.tf", format!("{}{}{body}", call("a", "./a", "1"), call("b", "./a/b", input))),
        (
            "a/main.tf",
            format!(
                "{}{}{body}",
                call("a", "../", input),
                call("b", "./b", input).replace("  in", &format!("  {several}  in"))
            ),
        ),
        ("a/b/main.tf", format!("{}{}{body}", call("a", "./", input), call("b", "../b", input))),
    ]
}

/// What stands in the way of files.
fn links(rng: &mut Rng) -> Files {
    let reads = [
        "file(\"pipe\")",
        "file(\"loop.tf\")",
        "templatefile(\"self.tftpl\", { x = 1 })",
        "file(\"/dev/zero\")",
        "fileset(\"round\", \"**\")",
        "filemd5(\"zero\")",
    ];
    let mut text = String::new();
    for (number, read) in reads.iter().enumerate() {
        writeln!(text, "locals {{\n  r{number} = {read}\n}}").expect("a string takes everything");
    }
    let round = rng.choice(["./round", "./round/round/round", "./two"]).expect("some");
    write!(text, "module \"m\" {{\n  source = \"{round}\"\n}}\n").expect("a string takes everything");
    vec![
        ("main.tf", text),
        ("-> loop.tf", "loop.tf".to_owned()),
        ("-> one.tf", "two.tf".to_owned()),
        ("-> two.tf", "one.tf".to_owned()),
        ("-> round", ".".to_owned()),
        ("-> two", "..".to_owned()),
        ("-> zero", "/dev/zero".to_owned()),
        ("-> variables.tf", "/dev/zero".to_owned()),
        ("-> pipe", String::new()),
        ("-> pipe.tf", String::new()),
        ("-> .azapi-ls.toml", rng.choice(["/dev/zero", ".azapi-ls.toml", ""]).expect("some").to_owned()),
        ("self.tftpl", "${templatefile(\"self.tftpl\", { x = [x, x] })}".to_owned()),
    ]
}

fn files(seed: u64, rng: &mut Rng) -> Files {
    let large = if is_long() { rng.usize(1..100_000) } else { 8_000 };
    let text = match seed % 8 {
        0 | 1 => {
            let count = rng.usize(1..if is_long() { 100_000 } else { 5_000 });
            nest(rng, count)
        }
        2 | 3 => {
            let (before, behind) = *rng.choice(AROUND.as_slice()).expect("some");
            let token = rng.bool();
            let repeated =
                rng.choice(if token { TOKENS.as_slice() } else { REPEATED.as_slice() }).expect("some");
            let large = if token { 1_000_000 } else { large };
            let quote = rng.choice(["", "", "\""]).expect("some");
            format!("{before}{quote}{}{quote}{behind}", repeated.repeat(large / repeated.len()))
        }
        4 => {
            let mut text = "locals {\n".to_owned();
            for number in 0..rng.u8(1..6) {
                let growing = rng.choice(GROWING.as_slice()).expect("some");
                writeln!(text, "  l{number} = {growing}").expect("a string takes everything");
            }
            write!(text, "}}\nresource \"azapi_resource\" \"it\" {{\n  type = \"Microsoft.Web/sites@2023-12-01\"\n  name = local.l0\n  body = {{ properties = {{ siteConfig = local.l0 }} }}\n}}\n").expect("a string takes everything");
            text
        }
        5 => {
            let count = *rng.choice([2, 30, 100, 3000].as_slice()).expect("some");
            chain(rng, count)
        }
        6 => return circle(rng),
        _ => return links(rng),
    };
    vec![("main.tf", text)]
}

fn lay_out(folder: &std::path::Path, files: &Files) {
    for (name, content) in files {
        let Some(link) = name.strip_prefix("-> ") else {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, content).expect("it can be written");
            continue;
        };
        #[cfg(unix)]
        if content.is_empty() {
            let made = std::process::Command::new("mkfifo").arg(folder.join(link)).status().expect("mkfifo");
            assert!(made.success());
        } else {
            std::os::unix::fs::symlink(content, folder.join(link)).expect("a link");
        }
        #[cfg(not(unix))]
        let _ = link;
    }
}

const CALM: &str = "file:///no/such/folder/main.tf";

fn calm(server: &mut Server) -> Vec<Answer> {
    let text = texts::item(&mut Rng::with_seed(4));
    server.open(CALM, 1, &text);
    let questions = Question::many(&mut Rng::with_seed(5), CALM, &text, Encoding::Utf16);
    let answers = questions.iter().map(|question| question.answer(server)).collect();
    server.close(CALM);
    answers
}

fn round(seed: u64, rng: &mut Rng) -> usize {
    let files = files(seed, rng);
    let shown: Vec<(&str, String)> =
        files.iter().map(|(name, text)| (*name, text.chars().take(400).collect())).collect();
    let what = || format!("{shown:#?}");
    let folder = tempfile::tempdir().expect("a folder");
    lay_out(folder.path(), &files);
    let uri = format!("file://{}/main.tf", folder.path().display());
    let mut text = files[0].1.clone();
    let mut server = Server::start(Encoding::Utf16);
    let before = calm(&mut server);
    server.open(&uri, 1, &text);
    let mut cases = 0;
    for version in 2..4 {
        let mut questions = vec![Question::diagnostics(&uri), Question::outline(&uri)];
        questions.extend((0..5).map(|_| Question::any(rng, &uri, &text, Encoding::Utf16)));
        for question in questions {
            let answer = question.answer(&mut server);
            // A question that is asked in the wrong place is refused in words; nothing breaks inside.
            assert!(
                !answer.as_ref().is_err_and(|error| error["code"] == -32603),
                "{answer:?} to {question:?} about {}",
                what()
            );
            cases += 1;
        }
        let change = texts::change(rng, &text, Encoding::Utf16);
        text = model::changed(&text, &change, Encoding::Utf16);
        server.change(&uri, version, json!([change.to_json()]));
    }
    assert!(calm(&mut server) == before, "a calm document is answered otherwise beside {}", what());
    server.close(&uri);
    assert!(calm(&mut server) == before, "a calm document is answered otherwise behind {}", what());
    if let Some(peak) = server.peak_memory() {
        assert!(peak < MOST_MEMORY, "{} MiB for {}", peak >> 20, what());
    }
    for call in std::mem::take(&mut server.calls) {
        // What is no file is said to be none.
        assert!(call["method"] == "window/showMessage" && call["params"]["message"] != Value::Null, "{call}");
    }
    server.finish();
    cases
}

#[test]
fn a_hostile_file_is_answered_in_bounds_and_leaves_the_others_alone() {
    play(Subject::Hostile, 24, round);
}
