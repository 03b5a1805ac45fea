//! Hover on references and calls of functions: what the name leads to, and what is known of its value.

use super::value::{is_assumed, other_outcomes, shown, shown_outcomes};
use super::{BETWEEN_PAGES, Hover};
use crate::azapi::arguments::FUNCTION_PREFIX;
use crate::azapi::id::IdReader;
use crate::azapi::known_ids::{self, Holds};
use crate::azapi::place::Reference as Declared;
use crate::azapi::provider::Provider;
use crate::azapi::{Resource, TypeReference};
use crate::ide::Profile;
use crate::ide::reference::{self, Body, markdown};
use crate::ide::request::Request;
use crate::ide::tested;
use crate::schema::arm_id;
use crate::schema::path::BodyPath;
use crate::syntax::SyntaxKind;
use crate::syntax::ast::{self, AstNode, Expression, Step, StepKind, Traversal};
use crate::syntax::walk::{Bias, token_at};
use crate::terraform::functions::described::described;
use crate::terraform::reference::Reference;
use crate::terraform::{Address, BlockAddress, Located, Value};
use crate::text::TextRange;

/// A type that takes more characters to write out is left out.
const LONGEST_TYPE: usize = 120;

/// What the reference or the function under the cursor is; `None` where there is neither, and in a companion where
/// the other server says it.
pub(super) fn hover(request: &Request<'_>) -> Option<Hover> {
    let root = request.module().file(request.file())?.root();
    [Bias::Right, Bias::Left].into_iter().find_map(|bias| {
        let token = token_at(root.syntax(), request.offset(), bias)?;
        let is_name = matches!(token.kind(), SyntaxKind::IDENT | SyntaxKind::NUMBER);
        let inner = token.parent_ancestors().find_map(Expression::cast).filter(|_| is_name)?;
        match &inner {
            Expression::Call(call) => called(request, call, &inner),
            _ => referred(request, &inner),
        }
    })
}

/// What a name declares, on that name.
pub(super) fn declared(request: &Request<'_>, declared: &Declared) -> Option<Hover> {
    if request.config().profile == Profile::Companion || !declared.is_declaration {
        return None;
    }
    let value = match &declared.address {
        Address::Local(name) => Some(request.evaluator().value(&request.module().local(name)?)),
        _ => None,
    };
    let markdown = of_address(request, &declared.address, value.as_ref())?;
    Some(Hover { range: declared.range, markdown })
}

/// What a variable is, on its name in a file of variables or in what a test gives them, and what it becomes in bodies.
pub(super) fn assigned(request: &Request<'_>) -> Option<Hover> {
    let file = request.module().any_file(request.file())?;
    let token = token_at(file.root().syntax(), request.offset(), Bias::Right)?;
    let attribute = ast::Attribute::cast(token.parent()?)?;
    let name = attribute.name_token().filter(|name| *name == token)?;
    let is_value = match ast::Block::cast(attribute.syntax().parent()?.parent()?) {
        None => request.module().file(request.file()).is_none(),
        Some(block) => block.keyword() == "variables" && request.source().is_some_and(|file| file.is_test),
    };
    if !is_value {
        return None;
    }
    let address = Address::Variable(name.text().to_owned());
    let is_alone = request.config().profile == Profile::Standalone;
    let about = is_alone.then(|| of_address(request, &address, None)).flatten();
    let becomes = attribute.value().and_then(|value| super::what_it_becomes(request, &value));
    let markdown = about.into_iter().chain(becomes).collect::<Vec<_>>();
    let range = name.text_range();
    (!markdown.is_empty()).then(|| Hover { range, markdown: markdown.join(BETWEEN_PAGES) })
}

fn called(request: &Request<'_>, call: &ast::Call, whole: &Expression) -> Option<Hover> {
    let name_node = call.name_node()?;
    let range = name_node.text_range();
    let is_alone = request.config().profile == Profile::Standalone;
    if !is_alone || !range.contains_inclusive(request.offset()) {
        return None;
    }
    let name = call.function();
    let mut lines = Vec::new();
    match name.strip_prefix(FUNCTION_PREFIX) {
        Some(own) => {
            let function = Provider::get().functions.get(own)?;
            let parameters = function.parameters.iter().map(|it| format!("{}: {}", it.name, it.ty));
            let parameters: Vec<String> = parameters.collect();
            let signature = format!("({}) → {}", parameters.join(", "), function.returns.ty);
            lines.push(format!("**{}** {}", markdown::escape(own), markdown::code(&signature)));
            lines.push(markdown::escape(&function.description));
            lines.push(format!("since azapi {}", function.since));
        }
        None => {
            let function = described(&name)?;
            let signature = markdown::code(&function.signature());
            lines.push(format!("**{}** {signature}", markdown::escape(function.name)));
            lines.push(function.about.to_owned());
        }
    }
    lines.extend(of_value(&request.evaluator().value(&Located::new(request.file(), whole.clone()))));
    Some(Hover { range, markdown: lines.join("\n\n") })
}

fn referred(request: &Request<'_>, inner: &Expression) -> Option<Hover> {
    let whole = ast::outermost_step(inner.clone());
    if let Some(hover) = of_run(request, &ast::traversal(&whole)?) {
        return Some(hover);
    }
    let reference = Reference::of(&ast::traversal(&whole)?)?;
    let least = reference.taken.max(1);
    // The name at least, and the steps up to the cursor.
    let mut upto = inner.clone();
    let traversal = loop {
        let found = ast::traversal(&upto)?;
        if found.steps.len() >= least {
            break found;
        }
        upto = upto.syntax().parent().and_then(Expression::cast)?;
    };
    let is_alone = request.config().profile == Profile::Standalone;
    let steps = &traversal.steps[reference.taken.min(traversal.steps.len())..];
    let value = || request.evaluator().value(&Located::new(request.file(), upto.clone()));
    let markdown = match &reference.target {
        Some(Address::Block(address)) => of_block(request, address, steps, &traversal, &value())?,
        Some(address) if is_alone && steps.is_empty() => of_address(request, address, Some(&value()))?,
        Some(address) if is_alone => {
            request.module().declaration(address)?;
            of_steps(request, &traversal, &value())?
        }
        None if is_alone => of_steps(request, &traversal, &value())?,
        _ => return None,
    };
    Some(Hover { range: traversal.range, markdown })
}

/// What an earlier run of a test gives: `run.x.y`.
fn of_run(request: &Request<'_>, traversal: &Traversal) -> Option<Hover> {
    let [run, output, ..] = traversal.steps.as_slice() else { return None };
    let (StepKind::Attr(run), StepKind::Attr(name)) = (&run.kind, &output.kind) else { return None };
    if traversal.root != "run" || request.config().profile != Profile::Standalone {
        return None;
    }
    let outputs = tested::outputs_of(request.analysis(), request.file(), run);
    let (_, about) = outputs.into_iter().find(|(output, _)| output == name)?;
    let title = format!("**{}**", markdown::escape(&format!("run.{run}.{name}")));
    let lines = [title].into_iter().chain(about.map(|about| markdown::escape(&about)));
    let range = TextRange::new(traversal.range.start(), output.range.end());
    Some(Hover { range, markdown: lines.collect::<Vec<_>>().join("\n\n") })
}

/// What a block is: its type, its id, and the property that the steps lead to.
fn of_block(
    request: &Request<'_>,
    address: &BlockAddress,
    steps: &[Step],
    traversal: &Traversal,
    value: &Value,
) -> Option<String> {
    let block = request.module().block(&address.clone().into())?;
    let resource = Resource::of(request.evaluator(), request.schema(), block);
    let behind: Vec<&str> = steps
        .iter()
        .filter_map(|step| match &step.kind {
            StepKind::Attr(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    let mut title = format!("**{}**", markdown::escape(&written(request, traversal)?));
    let Some(resource) = resource else {
        let (types, is_id) = types_of_other(address, behind.first().copied())?;
        if let ([one], true) = (types.as_slice(), is_id) {
            title.push_str(&format!(" {}", markdown::code(one)));
        }
        return Some([title, of_types(request, &types, is_id)].join("\n\n").trim_end().to_owned());
    };
    if let TypeReference::Named { resource_type, api_version } = &resource.type_reference {
        let version = api_version.as_ref().map(|version| format!("@{version}")).unwrap_or_default();
        title.push_str(&format!(" {}", markdown::code(&format!("{resource_type}{version}"))));
    }
    let mut lines = vec![title];
    let (attribute, path) = match behind.split_first() {
        Some((attribute, path)) => (Some(*attribute), path),
        None => (None, &[][..]),
    };
    if attribute.is_none_or(|attribute| attribute == "id") && resource.has_arm_id() {
        let id = IdReader::new(request.evaluator(), request.schema()).resource(&resource, 0).shown();
        lines.push(format!("Id: {}", markdown::code(&id)));
    } else if attribute.is_some() && shown(value) != written(request, traversal)? {
        lines.extend(of_value(value));
    }
    let of_body = matches!(attribute, Some("output" | "body")) && !path.is_empty();
    if let Some(version) = resource.version_or_newest().filter(|_| of_body)
        && let Ok(path) = path.join(".").parse::<BodyPath>()
        && let Ok(found) = path.resolve(version.body())
    {
        let property = markdown::page(&reference::property(Body::Resource(version), &path, found));
        return Some([lines.join("\n\n"), property].join(BETWEEN_PAGES));
    }
    Some(lines.join("\n\n"))
}

/// The Azure types that a block of another provider, or the id in its attribute, stands for, and whether it is an id.
fn types_of_other(address: &BlockAddress, attribute: Option<&str>) -> Option<(Vec<&'static str>, bool)> {
    let holds = |name| known_ids::attribute_of(address.kind, &address.type_name, name);
    match holds(attribute.unwrap_or("id")) {
        Holds::Ids(types) => Some((types, true)),
        Holds::Word | Holds::Other => match holds("id") {
            Holds::Ids(types) if attribute != Some("id") => Some((types, false)),
            _ => None,
        },
    }
}

/// Which of several types it may be, and the forms of ids of a single one.
fn of_types(request: &Request<'_>, types: &[&str], is_id: bool) -> String {
    match types {
        [one] if is_id => {
            let parents = request.schema().resource_type(one).map(|ty| ty.parent_patterns());
            let parents = parents.unwrap_or_default();
            let built = parents.iter().map(|it| arm_id::build(it, one, "{resourceName}"));
            let ids: Vec<String> = match arm_id::scope_of_type(one) {
                Some(scope) => vec![scope.parent_pattern().to_owned()],
                None => built.collect(),
            };
            match ids.as_slice() {
                [] => String::new(),
                [id] => format!("Id: {}", markdown::code(id)),
                several => markdown::listed("Id, one of", several),
            }
        }
        [one] => format!("Of {}", markdown::code(one)),
        several => markdown::listed(if is_id { "Id of one of" } else { "Of one of" }, several),
    }
}

/// A variable, a local or a call of a module.
fn of_address(request: &Request<'_>, address: &Address, value: Option<&Value>) -> Option<String> {
    let module = request.module();
    module.declarations(address).next()?;
    let mut lines = Vec::new();
    match address {
        Address::Variable(name) => {
            let block = module.block(address);
            let argument = |name: &str| Some(module.value(block.as_ref()?, name)?.node);
            let ty = argument("type").map(|ty| ty.syntax().text().to_string());
            let ty = ty.map(|ty| ty.split_whitespace().collect::<Vec<_>>().join(" "));
            let ty = ty.filter(|ty| ty.chars().count() <= LONGEST_TYPE);
            let ty = ty.map(|ty| format!(" {}", markdown::code(&ty))).unwrap_or_default();
            lines.push(format!("**var.{}**{ty}", markdown::escape(name)));
            let about = argument("description").and_then(|text| text.literal_string());
            lines.extend(about.map(|about| markdown::escape(&about)));
            let is_secret = argument("sensitive").is_some_and(|it| it.syntax().text() != "false")
                || value.is_some_and(|it| it.marks.sensitive);
            if is_secret {
                lines.push("Sensitive: its value is not shown.".to_owned());
                return Some(lines.join("\n\n"));
            }
            let default = module.variable_default(name).map(|it| request.evaluator().value(&it));
            lines.extend(default.as_ref().map(|it| format!("Default: {}", markdown::code(&shown(it)))));
            let is_default =
                |value: &Value| default.as_ref().is_some_and(|it| shown(it) == shown(value.assumed()));
            lines.extend(value.filter(|it| !is_default(it)).and_then(of_value));
        }
        Address::Local(_) => {
            lines.push(format!("**{}**", markdown::escape(&address.to_string())));
            lines.extend(value.and_then(of_value));
        }
        Address::Module(_) => {
            lines.push(format!("**{}**", markdown::escape(&address.to_string())));
            let block = module.block(address);
            let source = block.and_then(|it| module.value(&it, "source")?.node.literal_string());
            lines.extend(source.map(|source| format!("Source: {}", markdown::code(&source))));
        }
        Address::Block(_) | Address::Output(_) | Address::Provider(_) => return None,
    }
    Some(lines.join("\n\n"))
}

/// What only its value says something of: `each.value`, `module.x.y`, `var.x.y`.
fn of_steps(request: &Request<'_>, traversal: &Traversal, value: &Value) -> Option<String> {
    let value = of_value(value)?;
    Some(format!("**{}**\n\n{value}", markdown::escape(&written(request, traversal)?)))
}

/// In one line or a list; `None` where nothing is known.
fn of_value(value: &Value) -> Option<String> {
    let about = if is_assumed(value) { ", unless a variable is set otherwise" } else { "" };
    match shown_outcomes(value).as_slice() {
        [] => None,
        [one] => {
            let others: Vec<String> =
                other_outcomes(value, one).iter().map(|it| markdown::code(it)).collect();
            let others =
                if others.is_empty() { String::new() } else { format!(", else {}", others.join(" or ")) };
            Some(format!("Value{about}: {}{others}", markdown::code(one)))
        }
        several => Some(markdown::listed(&format!("One of{about}"), several)),
    }
}

fn written(request: &Request<'_>, traversal: &Traversal) -> Option<String> {
    let rope = &request.source()?.rope;
    let (start, end) = (usize::from(traversal.range.start()), usize::from(traversal.range.end()));
    let text = rope.get_byte_slice(start..end)?.to_string();
    Some(text.split_whitespace().collect())
}
