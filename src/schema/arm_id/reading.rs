//! Everything the provider may read in an id of which parts are not known: each way is followed at once, so
//! that "no way leads there" is certain.
//!
//! The rules are those of the provider's own reader. It overlooks empty segments when it looks for the type,
//! and counts them when it looks for the scope.

use super::{PROVIDERS, RESOURCE_GROUPS, SUBSCRIPTIONS, Segment, TENANTS};
use crate::schema::scope::{Scope, Scopes};

/// Whether some text in the place of what is not known gives an id of the type `wanted`; of any type when that is
/// `None`. O(segments × length of `wanted`).
pub(super) fn may_be_of_type(segments: &[Segment<'_>], wanted: Option<&str>) -> bool {
    let wanted = Wanted(wanted.map(|name| name.split('/').collect()));
    let ends = follow(vec![Step::Root { untouched: true }], segments, |step, word, next| {
        wanted.step(step, word, next);
    });
    ends.into_iter().filter_map(|step| wanted.end(step)).any(|ty| wanted.is(ty))
}

/// The scopes where such an id can lie; none of them when the provider sees none whatever the unknown parts are.
pub(super) fn scopes(segments: &[Segment<'_>]) -> PossibleScopes {
    let start = Way::Before { count: 0, subscription: false, group: false };
    let mut possible = PossibleScopes::default();
    for way in follow(vec![start], segments, step_scope) {
        match end_of(way) {
            Some(scope) => possible.known = possible.known.with(scope),
            None => possible.none = true,
        }
    }
    possible
}

/// What [`scopes`] finds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct PossibleScopes {
    pub(super) known: Scopes,
    /// Whether the provider may see no scope at all.
    pub(super) none: bool,
}

/// A word of an id: `None` is one that is not known.
type Word<'w> = Option<&'w str>;

/// Runs `step` over the segments from every state at once. A path that is not known is any number of words.
fn follow<S: Copy + PartialEq>(
    start: Vec<S>,
    segments: &[Segment<'_>],
    step: impl Fn(S, Word<'_>, &mut Vec<S>),
) -> Vec<S> {
    let (mut states, mut next) = (start, Vec::new());
    for segment in segments {
        match segment {
            Segment::Known(word) => states.iter().for_each(|&state| step(state, Some(word), &mut next)),
            Segment::Unknown => states.iter().for_each(|&state| step(state, None, &mut next)),
            Segment::UnknownPath => {
                next.append(&mut states);
                let mut at = 0;
                while let Some(&state) = next.get(at) {
                    let mut more = Vec::new();
                    step(state, None, &mut more);
                    step(state, Some(""), &mut more);
                    more.into_iter().for_each(|state| add(&mut next, state));
                    at += 1;
                }
            }
        }
        states.clear();
        next.drain(..).for_each(|state| add(&mut states, state));
    }
    states
}

fn add<S: PartialEq>(states: &mut Vec<S>, state: S) {
    if !states.contains(&state) {
        states.push(state);
    }
}

fn may_be(word: Word<'_>, text: &str) -> bool {
    word.is_none_or(|word| word.eq_ignore_ascii_case(text))
}

fn may_differ(word: Word<'_>, text: &str) -> bool {
    word.is_none_or(|word| !word.eq_ignore_ascii_case(text))
}

/// Whether the word is this text, as far as it can be.
fn both(word: Word<'_>, text: &str) -> [Option<bool>; 2] {
    [may_be(word, text).then_some(true), may_differ(word, text).then_some(false)]
}

/// Types that the rules single out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Tenant,
    Subscription,
    ResourceGroup,
    Other,
}

/// The type read so far: how many segments of the wanted name it equals, `None` when it is no beginning of it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Type {
    kind: Kind,
    matched: Option<usize>,
}

/// Where the provider's reader stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// At the beginning; `untouched` while there was not even an empty segment.
    Root { untouched: bool },
    /// Behind a complete id of this type.
    Complete(Type),
    /// Behind the word of a type, before the name; `alone`: the name may be missing.
    Word { ty: Type, alone: bool },
    /// Behind `providers`.
    Providers(Type),
    /// Behind `providers/Namespace`; `matches`: the wanted name may begin with it.
    Namespace { below: Kind, matches: bool },
    /// Behind `providers/Namespace/type`.
    TopLevel(Type),
}

/// The segments of the type that is looked for.
struct Wanted<'w>(Option<Vec<&'w str>>);

impl Wanted<'_> {
    fn is(&self, ty: Type) -> bool {
        self.0.as_ref().is_none_or(|wanted| ty.matched == Some(wanted.len()))
    }

    fn starts_with(&self, name: &str) -> Option<usize> {
        let wanted = self.0.as_ref()?;
        let count = name.split('/').count();
        let mut both = wanted.iter().zip(name.split('/'));
        (wanted.len() >= count && both.all(|(one, other)| one.eq_ignore_ascii_case(other))).then_some(count)
    }

    fn special(&self, kind: Kind, name: &str) -> Type {
        Type { kind, matched: self.starts_with(name) }
    }

    /// Whether the wanted name may go on with `word` at this segment.
    fn goes_on(&self, at: usize, word: Word<'_>) -> bool {
        let segment = self.0.as_ref().and_then(|wanted| wanted.get(at));
        segment.is_some_and(|segment| may_be(word, segment))
    }

    /// The types below `ty` that `word` may begin.
    fn children(&self, ty: Type, word: Word<'_>, mut found: impl FnMut(Type)) {
        let special = match ty.kind {
            Kind::Tenant => Some((Kind::Subscription, SUBSCRIPTIONS, "subscriptions")),
            Kind::Subscription => Some((Kind::ResourceGroup, RESOURCE_GROUPS, "resourceGroups")),
            Kind::ResourceGroup | Kind::Other => None,
        };
        if let Some((kind, name, text)) = special {
            if may_be(word, text) {
                found(self.special(kind, name));
            }
            if !may_differ(word, text) {
                return;
            }
        }
        let matched = ty.matched.filter(|&at| self.goes_on(at, word)).map(|at| at + 1);
        found(Type { kind: Kind::Other, matched });
    }

    fn step(&self, step: Step, word: Word<'_>, next: &mut Vec<Step>) {
        if word == Some("") {
            next.push(if matches!(step, Step::Root { .. }) { Step::Root { untouched: false } } else { step });
            return;
        }
        match step {
            Step::Root { .. } => {
                let tenant = self.special(Kind::Tenant, TENANTS);
                if may_be(word, "subscriptions") {
                    let ty = self.special(Kind::Subscription, SUBSCRIPTIONS);
                    next.push(Step::Word { ty, alone: false });
                }
                if may_be(word, "providers") {
                    next.push(Step::Providers(tenant));
                }
            }
            Step::Complete(ty) => {
                if may_be(word, "providers") {
                    next.push(Step::Providers(ty));
                }
                if may_differ(word, "providers") {
                    let needs_name =
                        ["subscriptions", "resourceGroups"].iter().any(|text| !may_differ(word, text));
                    let alone = !needs_name && ty.kind != Kind::ResourceGroup;
                    self.children(ty, word, |ty| next.push(Step::Word { ty, alone }));
                }
            }
            Step::Word { ty, .. } | Step::TopLevel(ty) => next.push(Step::Complete(ty)),
            Step::Providers(ty) => {
                next.push(Step::Namespace { below: ty.kind, matches: self.goes_on(0, word) });
            }
            Step::Namespace { below, matches } => {
                if may_be(word, "providers") && takes_namespaces(below) {
                    next.push(Step::Providers(self.special(Kind::Other, PROVIDERS)));
                }
                if may_differ(word, "providers") {
                    let matched = (matches && self.goes_on(1, word)).then_some(2);
                    next.push(Step::TopLevel(Type { kind: Kind::Other, matched }));
                }
            }
        }
    }

    /// The type of an id that ends here; `None` where the provider refuses that.
    fn end(&self, step: Step) -> Option<Type> {
        match step {
            Step::Root { untouched: true } => Some(self.special(Kind::Tenant, TENANTS)),
            Step::Complete(ty) | Step::Word { ty, alone: true } => Some(ty),
            Step::Providers(ty) if ty.kind == Kind::Subscription || ty.kind == Kind::Other => {
                let matched = ty.matched.filter(|&at| self.goes_on(at, Some("providers"))).map(|at| at + 1);
                Some(Type { kind: Kind::Other, matched })
            }
            Step::Namespace { below, .. } if takes_namespaces(below) => {
                Some(self.special(Kind::Other, PROVIDERS))
            }
            _ => None,
        }
    }
}

/// Whether an id of this kind may be followed by `providers/Namespace` alone.
fn takes_namespaces(kind: Kind) -> bool {
    matches!(kind, Kind::Tenant | Kind::Subscription)
}

/// Where the provider's look at the scope stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// So many segments and no `providers` yet; whether they begin as a subscription's and a group's do.
    Before { count: u8, subscription: bool, group: bool },
    /// Behind a `providers` at the beginning.
    AtTenant,
    /// Behind the namespace of management groups there.
    AtManagement,
    /// Decided.
    End(Option<Scope>),
}

fn step_scope(way: Way, word: Word<'_>, next: &mut Vec<Way>) {
    // A query is cut off, and what is escaped may become a slash: of the latter nothing is claimed.
    if let Some(text) = word
        && !matches!(way, Way::End(_))
        && text.contains(|c: char| matches!(c, '%' | '?') || c.is_control())
    {
        next.extend(Scope::ALL.map(|scope| Way::End(Some(scope))));
        next.push(Way::End(None));
        return;
    }
    match way {
        Way::Before { count, subscription, group } => {
            // No name is `providers`; were it one, the provider would see no scope.
            let is_name = count % 2 == 1 && word.is_none();
            if may_be(word, "providers") && !is_name {
                next.push(if count == 0 { Way::AtTenant } else { Way::End(end_of(way)) });
            }
            if may_differ(word, "providers") {
                let flags = |at, flag, text| {
                    if count == at { both(word, text) } else { [Some(flag), None] }
                };
                for subscription in flags(0, subscription, "subscriptions").into_iter().flatten() {
                    for group in flags(2, group, "resourceGroups").into_iter().flatten() {
                        next.push(Way::Before { count: (count + 1).min(5), subscription, group });
                    }
                }
            }
        }
        Way::AtTenant => {
            if may_be(word, "Microsoft.Management") {
                next.push(Way::AtManagement);
            }
            if may_differ(word, "Microsoft.Management") {
                next.push(Way::End(Some(Scope::Tenant)));
            }
        }
        Way::AtManagement => {
            let groups = "managementgroups";
            // The provider compares the beginning only.
            let begins = word.map(|word| word.to_ascii_lowercase().starts_with(groups));
            if begins != Some(false) {
                next.push(Way::End(Some(Scope::ManagementGroup)));
            }
            if begins != Some(true) {
                next.push(Way::End(Some(Scope::Tenant)));
            }
        }
        Way::End(_) => next.push(way),
    }
}

/// The scope of an id that ends here, or whose `providers` follows.
fn end_of(way: Way) -> Option<Scope> {
    match way {
        Way::Before { count: 0, .. } | Way::AtTenant | Way::AtManagement => Some(Scope::Tenant),
        Way::Before { count: 2, subscription: true, .. } => Some(Scope::Subscription),
        Way::Before { count: 4, subscription: true, group: true } => Some(Scope::ResourceGroup),
        Way::Before { .. } => None,
        Way::End(scope) => scope,
    }
}
