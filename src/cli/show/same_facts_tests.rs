//! Hover, `show` and the documentation of completion items, held against each other over the shipped types.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use super::*;
use crate::azapi::body::{Members, TypedAs};
use crate::ide::reference::markdown;
use crate::ide::{Config, FilePos, Workspace, plain_text};
use crate::schema::path::Step;
use crate::schema::{DiscriminatedType, Property, ResourceType, SchemaType, TypeKind};
use crate::terraform::value::{Item, Object, Value as Constant};
use crate::text::TextSize;

const PROPERTIES: usize = 2_000;
/// This many of them are of variants, or below one: a random walk comes to few, and "since" is hardest there.
const OF_VARIANTS: usize = 500;
/// How often a walk goes on below a property that has something below it, in hundredths.
const DEEPER: usize = 90;
const DEEPEST: usize = 12;
/// A hover lists so many values, where they do not fit in this many characters of its title.
const LISTED: usize = 12;
const SIGNATURE: usize = 90;

/// SplitMix64: the same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % end as u64) as usize
    }

    fn one_of<T>(&mut self, all: impl IntoIterator<Item = T>) -> Option<T> {
        let all: Vec<T> = all.into_iter().collect();
        (!all.is_empty()).then(|| self.below(all.len())).and_then(|at| all.into_iter().nth(at))
    }

    /// Rather one that leads on, since most do not.
    fn property<'s>(&mut self, all: impl IntoIterator<Item = Property<'s>>) -> Option<Property<'s>> {
        let all: Vec<_> = all.into_iter().collect();
        let leads_on = |property: &&Property<'s>| {
            let kind = property.ty().kind();
            matches!(kind, TypeKind::Object(_) | TypeKind::Discriminated(_) | TypeKind::Array { .. })
        };
        let leading = if self.below(100) < DEEPER { self.one_of(all.iter().filter(leads_on)) } else { None };
        leading.or_else(|| self.one_of(&all)).copied()
    }

    /// A path to some property; `None` where this walk came to none.
    fn path(&mut self, body: SchemaType<'_>) -> Option<BodyPath> {
        let mut path = BodyPath::default();
        let (mut ty, mut variant_of) = (body, None);
        while path.steps().len() < DEEPEST {
            let on_key = matches!(path.steps().last(), Some(Step::Key(_)));
            if on_key && self.below(100) >= DEEPER {
                break;
            }
            let Some((steps, next)) = self.step(ty, variant_of) else { break };
            variant_of = match (ty.kind(), &*steps) {
                (TypeKind::Discriminated(base), [Step::Variant { .. }]) => Some(base),
                _ => None,
            };
            steps.into_iter().for_each(|step| path.push(step));
            ty = next;
        }
        let keys = path.steps().iter().rposition(|step| matches!(step, Step::Key(_)))?;
        path.truncate(keys + 1);
        Some(path)
    }

    fn step<'s>(
        &mut self,
        ty: SchemaType<'s>,
        variant_of: Option<DiscriminatedType<'s>>,
    ) -> Option<(Vec<Step>, SchemaType<'s>)> {
        let to = |property: Property<'s>| (vec![Step::Key(property.name().to_owned())], property.ty());
        match ty.kind() {
            TypeKind::Object(object) => {
                let own = object.properties().filter(|property| {
                    variant_of.is_none_or(|base| base.base_property(property.name()).is_none())
                });
                let further = || object.additional_properties().map(free);
                self.property(own).map(to).or_else(further)
            }
            TypeKind::Discriminated(base) if self.below(4) == 0 => {
                self.property(base.base_properties()).map(to)
            }
            TypeKind::Discriminated(base) => {
                let (value, ty) = self.one_of(base.variants())?;
                let discriminator = base.discriminator().to_owned();
                Some((vec![Step::Variant { discriminator, value: value.to_owned() }], ty))
            }
            TypeKind::Array { items, .. } => Some((vec![Step::Index(0)], items)),
            _ => None,
        }
    }
}

fn free(ty: SchemaType<'_>) -> (Vec<Step>, SchemaType<'_>) {
    (vec![Step::FreeKey("further".to_owned())], ty)
}

struct Sample<'s> {
    version: ResourceVersion<'s>,
    path: BodyPath,
}

/// Spread over the namespaces, whatever the number of their types.
fn samples(schema: &Schema) -> Vec<Sample<'_>> {
    let mut namespaces: BTreeMap<String, Vec<ResourceType<'_>>> = BTreeMap::new();
    for ty in schema.resource_types() {
        let namespace = ty.name().split('/').next().unwrap_or_default().to_lowercase();
        namespaces.entry(namespace).or_default().push(ty);
    }
    let namespaces: Vec<_> = namespaces.into_values().collect();
    let mut random = Random(2_000);
    let (mut samples, mut seen, mut of_others) = (Vec::new(), BTreeSet::new(), 0);
    for turn in 0.. {
        let ty = *random.one_of(&namespaces[turn % namespaces.len()]).expect("a type");
        let version = random.one_of(ty.versions()).expect("a version");
        let Some(path) = random.path(version.body()) else { continue };
        let sample = Sample { version, path };
        let wanted = sample.is_of_variant() || of_others < PROPERTIES - OF_VARIANTS;
        if wanted && seen.insert(sample.name()) {
            of_others += usize::from(!sample.is_of_variant());
            samples.push(sample);
        }
        if samples.len() == PROPERTIES {
            break;
        }
    }
    samples
}

/// A body that leads to the path, the cursor on its last key.
fn body(steps: &[Step], out: &mut String) -> usize {
    let quoted = |text: &str| {
        let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace("${", "$${").replace("%{", "%%{");
        format!("\"{text}\"")
    };
    let (variant, steps) = match steps {
        [Step::Variant { discriminator, value }, rest @ ..] => (Some((discriminator, value)), rest),
        _ => (None, steps),
    };
    match steps {
        [] => {
            out.push_str("null");
            0
        }
        [Step::Index(_) | Step::Any, rest @ ..] => {
            out.push('[');
            let at = body(rest, out);
            out.push(']');
            at
        }
        [Step::Key(key) | Step::FreeKey(key), rest @ ..] => {
            out.push_str("{\n");
            if let Some((discriminator, value)) = variant.filter(|(discriminator, _)| *discriminator != key) {
                out.push_str(&format!("{} = {}\n", quoted(discriminator), quoted(value)));
            }
            let on_key = out.len() + 1;
            out.push_str(&format!("{} = ", quoted(key)));
            let inner = match variant {
                Some((discriminator, value)) if discriminator == key => {
                    out.push_str(&quoted(value));
                    0
                }
                _ => body(rest, out),
            };
            out.push_str("\n}");
            if rest.is_empty() { on_key } else { inner }
        }
        [Step::Variant { .. }, ..] => panic!("two variants in a row"),
    }
}

fn count<'s>(samples: &[Sample<'s>], has: impl Fn(&Sample<'s>) -> bool) -> usize {
    samples.iter().filter(|sample| has(sample)).count()
}

impl Sample<'_> {
    fn is_of_variant(&self) -> bool {
        self.path.steps().iter().any(|step| matches!(step, Step::Variant { .. }))
    }

    fn is_younger_than_its_type(&self) -> bool {
        let oldest = self.version.resource_type().versions().next_back();
        self.version.since(&self.path) != oldest.map(ResourceVersion::api_version)
    }

    fn name(&self) -> String {
        format!("{}@{} {}", self.version.type_name(), self.version.api_version(), self.path)
    }

    fn show(&self, format: Format) -> String {
        let args = ShowArgs {
            type_reference: format!("{}@{}", self.version.type_name(), self.version.api_version()),
            path: Some(self.path.to_string()),
            format,
        };
        let mut out = Vec::new();
        run(&args, Schema::bundled(), &mut out).expect("an answer");
        String::from_utf8(out).expect("text")
    }

    /// The paragraphs below the title, without markup.
    fn hover(&self) -> Vec<String> {
        let (name, version) = (self.version.type_name(), self.version.api_version());
        let mut text = format!("resource \"azapi_resource\" \"x\" {{\ntype = \"{name}@{version}\"\nbody = ");
        let at = body(self.path.steps(), &mut text);
        text.push_str("\n}\n");
        let mut workspace = Workspace::new(Config::default());
        let file = workspace.open_file(Path::new("/module/main.tf"), &text, 1);
        let hover = workspace.analysis().hover(FilePos { file, offset: TextSize::new(at as u32) });
        let hover = hover.unwrap_or_else(|| panic!("no hover for {}\n{text}", self.name()));
        paragraphs(&hover.markdown).split_off(1)
    }

    /// The paragraphs of what a list of completions says of the key.
    fn completion(&self) -> Vec<String> {
        let Some((Step::Key(key), before)) = self.path.steps().split_last() else { panic!("ends in a key") };
        let (variant, before) = match before.split_last() {
            Some((Step::Variant { discriminator, value }, before)) => (Some((discriminator, value)), before),
            _ => (None, before),
        };
        let object: BodyPath = before.iter().cloned().collect();
        let ty = object.resolve(self.version.body()).expect("leads to the object").ty;
        let typed = TypedAs {
            ty,
            property: None,
            selects: None,
            when: Vec::new(),
            path: object,
            versions: vec![self.version],
        };
        let written =
            variant.map(|(key, value)| (key.as_str().into(), Item::always(Constant::string(value))));
        let members = Members::of(&[typed], &Object::new(written.into_iter().collect()));
        let typed = members.get(key);
        let described = reference::key(typed.first().expect("a member"), false);
        paragraphs(&markdown::documentation(&described).expect("documentation"))
    }
}

fn paragraphs(markdown: &str) -> Vec<String> {
    markdown.split("\n\n").map(plain_text).collect()
}

/// What the JSON of `show` has of a property.
struct Facts {
    flags: Vec<String>,
    /// Literals, and whether text is accepted beside them.
    values: Vec<String>,
    open: bool,
    /// As hover and `show` word them.
    limits: Vec<(String, String)>,
}

impl Facts {
    fn of(answer: &Value) -> Self {
        let property = &answer["property"];
        let flags = property["flags"].as_array().into_iter().flatten();
        let mut facts = Facts {
            flags: flags.map(|flag| flag.as_str().expect("a flag").to_owned()).collect(),
            values: Vec::new(),
            open: false,
            limits: Vec::new(),
        };
        facts.read(&property["type"]);
        facts
    }

    fn read(&mut self, ty: &Value) {
        let text = |key: &str| ty[key].as_str().map(str::to_owned);
        match ty["kind"].as_str().expect("a kind") {
            "union" => ty["elements"].as_array().expect("elements").iter().for_each(|ty| self.read(ty)),
            "literal" => self.values.extend(text("value")),
            "integer" => self.range(["Range: ", ""], &ty["min_value"], &ty["max_value"]),
            "array" => self.range(["Items: ", " items"], &ty["min_length"], &ty["max_length"]),
            "string" => {
                self.open = true;
                self.range(["Length: ", " characters"], &ty["min_length"], &ty["max_length"]);
                let pattern = text("pattern").map(|it| (format!("Pattern: {it}"), format!("matches {it}")));
                self.limits.extend(pattern);
            }
            _ => {}
        }
        if ty["sensitive"] == true {
            self.limits.push(("Sensitive.".to_owned(), "secret".to_owned()));
        }
    }

    fn range(&mut self, [before, behind]: [&str; 2], least: &Value, greatest: &Value) {
        let (hover, show) = match (least.is_null(), greatest.is_null()) {
            (true, true) => return,
            (false, false) if least == greatest => (format!("exactly {least}"), format!("exactly {least}")),
            (false, false) => (format!("{least}–{greatest}"), format!("{least} to {greatest}")),
            (false, true) => (format!("{least} or more"), format!("at least {least}")),
            (true, false) => (format!("up to {greatest}"), format!("at most {greatest}")),
        };
        self.limits.push((format!("{before}{hover}"), format!("{show}{behind}")));
    }

    /// The paragraphs of a hover behind the description. `is_long`: the signature has no room for the values.
    fn as_paragraphs(&self, since: &str, is_long: bool) -> Vec<String> {
        let since = format!("since {since}");
        let first = self.flags.iter().chain([&since]).cloned().collect::<Vec<_>>().join(" · ");
        let others = if self.open { " (others may be accepted)" } else { "" };
        let mut lines = vec![format!("Allowed values{others}:")];
        lines.extend(self.values.iter().take(LISTED).map(|value| format!("- {value}")));
        lines.extend(
            (self.values.len() > LISTED).then(|| format!("- and {} more", self.values.len() - LISTED)),
        );
        let values = (is_long && !self.values.is_empty()).then(|| lines.join("\n"));
        let limits = self.limits.iter().map(|(hover, _)| hover.clone());
        [first].into_iter().chain(values).chain(limits).collect()
    }

    /// Whether the line of `show` behind its path says the same; how long the type in it is.
    fn check_line(&self, line: &str, name: &str) -> usize {
        let limits = self.limits.iter().map(|(_, show)| show);
        let facts: Vec<&str> = self.flags.iter().chain(limits).map(String::as_str).collect();
        let ty = match facts.is_empty() {
            true => line,
            false => {
                let facts = format!("  {}", facts.join(", "));
                line.strip_suffix(&facts).unwrap_or_else(|| panic!("{name}: not `{facts}` in\n{line}"))
            }
        };
        let length = ty.chars().count();
        let ty = ty.trim_start_matches("array of ");
        assert!(self.values.iter().all(|value| ty.contains(&format!("{value:?}"))), "{name}: {line}");
        assert!(!ty.contains("  ") || !self.values.is_empty(), "{name}: more facts than in JSON: {line}");
        length
    }
}

fn check_sample(sample: &Sample<'_>) -> Facts {
    let name = sample.name();
    let json: Value = serde_json::from_str(&sample.show(Format::Json)).expect("JSON");
    let facts = Facts::of(&json);
    let text = sample.show(Format::Text);
    let since = text.lines().find_map(|line| line.strip_prefix("  since ")).expect("since");
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("{}  ", sample.path)));
    let line = line.unwrap_or_else(|| panic!("{name}: no line in\n{text}"));
    let is_long = facts.check_line(line, &name) > SIGNATURE;
    let expected = facts.as_paragraphs(since, is_long);
    for (of, said) in [("hover", sample.hover()), ("completion", sample.completion())] {
        // The description stands first; of a list the values are those of its items.
        let start = said.iter().position(|it| *it == expected[0]);
        let start = start.unwrap_or_else(|| panic!("{of} of {name}: no {} in {said:?}", expected[0]));
        let is_described = json["property"]["description"].is_string();
        assert!(start == 0 || is_described, "{of} of {name}: {said:?}");
        let of_items = |it: &&String| !facts.values.is_empty() || !it.starts_with("Allowed values");
        let said: Vec<&String> = said[start..].iter().filter(of_items).collect();
        let expected: Vec<&String> = expected.iter().collect();
        assert_eq!(said.get(..expected.len()), Some(&*expected), "{of} of {name}");
        let more = said.get(expected.len()).map(|it| it.as_str()).unwrap_or_default();
        let words = ["Allowed value", "Length: ", "Range: ", "Items: ", "Pattern: ", "Sensitive."];
        assert!(!words.iter().any(|word| more.starts_with(word)), "{of} of {name}: {more}");
    }
    facts
}

#[test]
fn two_thousand_shipped_properties_are_described_alike_everywhere() {
    let samples = samples(Schema::bundled());
    let facts: Vec<Facts> = samples.iter().map(check_sample).collect();
    // What the sample is made of: a walk that came to few of these would prove little.
    let nested = |it: &Sample<'_>| it.path.steps().len() >= 4;
    let made_of = [
        count(&samples, Sample::is_of_variant),
        count(&samples, nested),
        count(&samples, Sample::is_younger_than_its_type),
    ];
    assert!(made_of.iter().all(|&count| count >= 200), "of variants, nested, younger: {made_of:?}");
    let with = |has: fn(&Facts) -> bool| facts.iter().filter(|it| has(it)).count();
    let with =
        [with(|it| !it.flags.is_empty()), with(|it| !it.values.is_empty()), with(|it| !it.limits.is_empty())];
    assert!(with.iter().all(|&count| count >= 100), "with flags, values, limits: {with:?}");
    let namespaces: BTreeSet<_> = samples.iter().map(|it| it.version.type_name().split('/').next()).collect();
    assert!(namespaces.len() >= 150, "{} namespaces", namespaces.len());
}
