//! ARM ids: `/subscriptions/…/resourceGroups/…/providers/Namespace/type/name/…`. Reads them, also when
//! parts of them are not known, and builds them as the provider does.

use std::borrow::Cow;
use std::fmt;

mod reading;

use super::scope::{Scope, Scopes};
use reading::PossibleScopes;

const TENANTS: &str = "Microsoft.Resources/tenants";
/// The type of subscriptions.
pub const SUBSCRIPTIONS: &str = "Microsoft.Resources/subscriptions";
/// The type of resource groups.
pub const RESOURCE_GROUPS: &str = "Microsoft.Resources/resourceGroups";
/// The type of the namespaces of a scope.
pub const PROVIDERS: &str = "Microsoft.Resources/providers";
const RESOURCES: &str = "Microsoft.Resources/resources";
/// The type of management groups.
pub const MANAGEMENT_GROUPS: &str = "Microsoft.Management/managementGroups";

/// Whether the provider takes this type for reading and actions although the type data does not have it.
pub(crate) fn is_special_type(type_name: &str) -> bool {
    [SUBSCRIPTIONS, TENANTS, PROVIDERS, RESOURCES].iter().any(|known| known.eq_ignore_ascii_case(type_name))
}

/// The scope that resources of this type are; `None` for all but the four.
pub(crate) fn scope_of_type(type_name: &str) -> Option<Scope> {
    let scopes = [
        (RESOURCE_GROUPS, Scope::ResourceGroup),
        (SUBSCRIPTIONS, Scope::Subscription),
        (MANAGEMENT_GROUPS, Scope::ManagementGroup),
        (TENANTS, Scope::Tenant),
    ];
    scopes.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(type_name)).map(|(_, scope)| scope)
}

/// The type less its last segment; `None` for a top-level type or a bare namespace.
pub fn parent_type(type_name: &str) -> Option<&str> {
    let (parent, _) = type_name.rsplit_once('/')?;
    parent.contains('/').then_some(parent)
}

/// What stands behind the last `/`; the whole name when there is none.
pub fn last_segment(type_name: &str) -> &str {
    type_name.rsplit_once('/').map_or(type_name, |(_, last)| last)
}

/// The id of the resource `name` of `type_name` under `parent`. Nothing is checked: names may be
/// placeholders, and a parent may be of any form; `/` and the empty parent are the tenant.
pub fn build(parent: &str, type_name: &str, name: &str) -> String {
    let is = |known: &str| type_name.eq_ignore_ascii_case(known);
    let parent = if parent == "/" { "" } else { parent };
    if is(RESOURCE_GROUPS) {
        format!("{parent}/resourceGroups/{name}")
    } else if is(SUBSCRIPTIONS) {
        format!("/subscriptions/{name}")
    } else if is(TENANTS) {
        "/".to_owned()
    } else if !type_name.contains('/') || is(PROVIDERS) {
        format!("{parent}/providers/{name}")
    } else if parent_type(type_name).is_some() {
        format!("{parent}/{}/{name}", last_segment(type_name))
    } else {
        format!("{parent}/providers/{type_name}/{name}")
    }
}

/// One part between slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment<'a> {
    /// This text.
    Known(Cow<'a, str>),
    /// One segment whose text is not known.
    Unknown,
    /// Any number of segments that are not known, such as a whole id that stands at the beginning.
    UnknownPath,
}

impl Segment<'_> {
    fn is(&self, text: &str) -> bool {
        matches!(self, Segment::Known(known) if known.eq_ignore_ascii_case(text))
    }
}

/// An ARM id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArmId<'a> {
    segments: Vec<Segment<'a>>,
    ty: Option<String>,
    scopes: PossibleScopes,
}

/// Why a text is no ARM id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArmIdError {
    /// It is empty.
    Empty,
    /// It does not begin with `/`.
    NoLeadingSlash,
    /// It is an address of the web.
    Url,
    /// It asks for an api-version.
    ApiVersion,
    /// It holds `|`.
    Pipe,
    /// Two slashes in a row.
    EmptySegment,
    /// It begins with neither `/subscriptions/` nor `/providers/`.
    Root,
    /// The last segment is a type without a name, or `providers` leads to nothing.
    Incomplete,
    /// `providers/Namespace` stands at the end where a type and a name must follow.
    NamespaceOnly,
}

impl fmt::Display for ArmIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ArmIdError::Empty => "it is empty",
            ArmIdError::NoLeadingSlash => "it does not begin with `/`",
            ArmIdError::Url => "it is a URL",
            ArmIdError::ApiVersion => "it holds `api-version=`",
            ArmIdError::Pipe => "it holds `|`",
            ArmIdError::EmptySegment => "it has an empty segment",
            ArmIdError::Root => "it begins with neither `/subscriptions/` nor `/providers/`",
            ArmIdError::Incomplete => "its last segment lacks a name",
            ArmIdError::NamespaceOnly => "its namespace is not followed by a type and a name",
        })
    }
}

impl std::error::Error for ArmIdError {}

impl<'a> ArmId<'a> {
    /// Reads an id that is known in full, as the provider does: a slash at its end is overlooked, and empty
    /// segments are no error by themselves ([`ArmId::flaw`] tells them).
    pub fn parse(text: &'a str) -> Result<Self, ArmIdError> {
        if text.is_empty() {
            return Err(ArmIdError::Empty);
        }
        if is_url(text) {
            return Err(ArmIdError::Url);
        }
        if asks_for_a_version(text) {
            return Err(ArmIdError::ApiVersion);
        }
        if text.contains('|') {
            return Err(ArmIdError::Pipe);
        }
        let Some(rest) = text.strip_prefix('/') else { return Err(ArmIdError::NoLeadingSlash) };
        if rest.is_empty() {
            return ArmId::from_segments(Vec::new());
        }
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        ArmId::from_segments(rest.split('/').map(|s| Segment::Known(Cow::Borrowed(s))).collect())
    }

    /// Reads an id of which parts may not be known. `Err` only when no text in their place would make it
    /// an id.
    pub fn from_segments(segments: Vec<Segment<'a>>) -> Result<Self, ArmIdError> {
        if !reading::may_be_of_type(&segments, None) {
            return Err(reason(&segments));
        }
        let (ty, scopes) = (certain_type(&segments), reading::scopes(&segments));
        Ok(ArmId { segments, ty, scopes })
    }

    /// The same without a borrowed text.
    pub(crate) fn into_owned(self) -> ArmId<'static> {
        let owned = |segment| match segment {
            Segment::Known(text) => Segment::Known(Cow::Owned(Cow::into_owned(text))),
            Segment::Unknown => Segment::Unknown,
            Segment::UnknownPath => Segment::UnknownPath,
        };
        let segments = self.segments.into_iter().map(owned).collect();
        ArmId { segments, ty: self.ty, scopes: self.scopes }
    }

    /// Its parts; none for the tenant. Two slashes in a row have an empty one between them.
    pub fn segments(&self) -> &[Segment<'a>] {
        &self.segments
    }

    /// The type of the resource that it names, spelled as in the id (`Microsoft.Resources/…` for
    /// subscriptions, resource groups, providers and the tenant); `None` when it depends on what is
    /// not known.
    pub fn resource_type(&self) -> Option<&str> {
        self.ty.as_deref()
    }

    /// Whether it is of this type, or can be where parts are not known. Case does not matter.
    pub fn may_be_of_type(&self, name: &str) -> bool {
        reading::may_be_of_type(&self.segments, Some(name))
    }

    /// The deployment scope of what stands before its first `providers`; `None` when that depends on what
    /// is not known, or is no scope at all.
    pub fn scope(&self) -> Option<Scope> {
        let mut possible = self.scopes.known.iter().filter(|_| !self.scopes.none);
        possible.next().filter(|_| possible.next().is_none())
    }

    /// Whether it lies at one of these scopes, or can where parts are not known. Of an id that has no scope
    /// that is false.
    pub fn may_lie_at(&self, scopes: Scopes) -> bool {
        self.scopes.known.iter().any(|scope| scopes.contains(scope))
    }

    /// What is wrong with it although the provider reads it.
    pub fn flaw(&self) -> Option<ArmIdError> {
        if self.segments.iter().any(|segment| segment.is("")) {
            return Some(ArmIdError::EmptySegment);
        }
        lacks_name(&self.segments).then_some(ArmIdError::Incomplete)
    }

    /// The last segment, where that is a name and is known.
    pub fn name(&self) -> Option<&str> {
        match self.segments.last() {
            Some(Segment::Known(name)) => Some(name),
            _ => None,
        }
    }
}

impl fmt::Display for ArmId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.segments.is_empty() {
            return f.write_str("/");
        }
        for (index, segment) in self.segments.iter().enumerate() {
            match segment {
                Segment::Known(text) => write!(f, "/{text}")?,
                Segment::Unknown => f.write_str("/…")?,
                Segment::UnknownPath if index == 0 => f.write_str("…")?,
                Segment::UnknownPath => f.write_str("/…")?,
            }
        }
        Ok(())
    }
}

/// Whether a text is an address of the web, in whatever case.
pub(crate) fn is_url(text: &str) -> bool {
    let begins_with =
        |scheme: &str| text.get(..scheme.len()).is_some_and(|front| front.eq_ignore_ascii_case(scheme));
    begins_with("http:") || begins_with("https:")
}

/// Whether a text holds `api-version=`, in whatever case.
pub(crate) fn asks_for_a_version(text: &str) -> bool {
    const ASKING: &[u8] = b"api-version";
    let ends = |front: &[u8]| {
        front.len() >= ASKING.len() && front[front.len() - ASKING.len()..].eq_ignore_ascii_case(ASKING)
    };
    text.match_indices('=').any(|(at, _)| ends(&text.as_bytes()[..at]))
}

/// Why segments make no id, whatever the unknown ones are.
fn reason(segments: &[Segment<'_>]) -> ArmIdError {
    let mut words = segments.iter().filter(|segment| !segment.is(""));
    let (first, last, before) = (words.next(), words.next_back(), words.next_back());
    match first {
        None => ArmIdError::EmptySegment,
        Some(Segment::Known(word)) if !(is_word(word, "subscriptions") || is_word(word, "providers")) => {
            ArmIdError::Root
        }
        _ if last.is_some() && before.or(first).is_some_and(|word| word.is("providers")) => {
            ArmIdError::NamespaceOnly
        }
        _ => ArmIdError::Incomplete,
    }
}

fn is_word(word: &str, text: &str) -> bool {
    word.eq_ignore_ascii_case(text)
}

/// Where in `providers/Namespace/type/name` and `type/name` below it a reader stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Pair,
    Name,
    Namespace,
    Type,
}

impl At {
    fn behind(self, segment: &Segment<'_>) -> At {
        match self {
            At::Pair | At::Type if segment.is("providers") => At::Namespace,
            At::Pair | At::Type => At::Name,
            At::Namespace => At::Type,
            At::Name => At::Pair,
        }
    }
}

/// What follows the last part of unknown length, without empty segments; whether there is no such part.
fn counted<'s, 'a>(segments: &'s [Segment<'a>]) -> (Vec<&'s Segment<'a>>, bool) {
    let start = segments.iter().rposition(|s| *s == Segment::UnknownPath).map_or(0, |at| at + 1);
    (segments[start..].iter().filter(|segment| !segment.is("")).collect(), start == 0)
}

/// Whether a name is what follows these segments. A part of unknown length counts as complete.
pub(crate) fn expects_name(segments: &[Segment<'_>]) -> bool {
    let (words, _) = counted(segments);
    words.into_iter().fold(At::Pair, At::behind) == At::Name
}

fn lacks_name(segments: &[Segment<'_>]) -> bool {
    let (words, whole) = counted(segments);
    let known = words.iter().all(|word| matches!(word, Segment::Known(_)));
    let end = words.into_iter().fold(At::Pair, At::behind);
    whole && known && matches!(end, At::Name | At::Namespace)
}

/// The type of an id where no unknown part has a say in it.
fn certain_type(segments: &[Segment<'_>]) -> Option<String> {
    let (words, whole) = counted(segments);
    let mut rest = words.as_slice();
    let mut ty = whole.then(|| TENANTS.to_owned());
    while let [first, others @ ..] = rest {
        if first.is("providers") {
            (ty, rest) = match others {
                [_, next, ..] if next.is("providers") => (Some(PROVIDERS.to_owned()), &others[1..]),
                [_] => (Some(PROVIDERS.to_owned()), &[][..]),
                [Segment::Known(namespace), Segment::Known(word), _, rest @ ..] => {
                    (Some(format!("{namespace}/{word}")), rest)
                }
                [_, _, _, rest @ ..] => (None, rest),
                [] => return ty.filter(|_| whole).map(|above| child_type(&above, "providers")),
                [_, _] => return None,
            };
            continue;
        }
        ty = match (ty, first) {
            (Some(above), Segment::Known(word)) => Some(child_type(&above, word)),
            _ => None,
        };
        match others {
            // After a path of unknown length this may be the name of a type inside that path.
            [] => return ty.filter(|_| whole),
            [_, after @ ..] => rest = after,
        }
    }
    ty
}

fn child_type(above: &str, segment: &str) -> String {
    if above == TENANTS && segment.eq_ignore_ascii_case("subscriptions") {
        SUBSCRIPTIONS.to_owned()
    } else if above == SUBSCRIPTIONS && segment.eq_ignore_ascii_case("resourceGroups") {
        RESOURCE_GROUPS.to_owned()
    } else {
        format!("{above}/{segment}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn check(ids: &[&str], expect: Expect) {
        let lines: Vec<String> = ids.iter().map(|id| format!("{id} => {}\n", describe(id))).collect();
        expect.assert_eq(&lines.concat());
    }

    /// `?` stands for a segment that is not known, `??` for a path.
    fn describe(text: &str) -> String {
        let parsed = if text.contains("/?") {
            let segments = text.split('/').filter(|s| !s.is_empty()).map(|s| match s {
                "?" => Segment::Unknown,
                "??" => Segment::UnknownPath,
                text => Segment::Known(text.into()),
            });
            ArmId::from_segments(segments.collect())
        } else {
            ArmId::parse(text)
        };
        match parsed {
            Ok(id) => {
                let scope = id.scope().map_or("no scope", Scope::name);
                format!("{}, {scope}", id.resource_type().unwrap_or("unknown"))
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn an_id_names_a_type_and_has_a_scope() {
        check(
            &[
                "/",
                "/subscriptions/s",
                "/Subscriptions/s/RESOURCEGROUPS/g/",
                "/subscriptions/s/providers/Test.Rp",
                "/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w",
                "/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w/gears/x",
                "/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w/providers/Test.Lock/locks/l",
                "/providers/Microsoft.Management/managementGroups/m",
                "/providers/Microsoft.Management/managementGroups/m/providers/Test.Rp/widgets/w",
                "/providers/Test.Rp/widgets/w",
                "/subscriptions/s/locations/l",
                "/subscriptions/s/resourceGroup/g",
                "/providers/Microsoft.Management/managementGroups/m/subscriptions/s",
                "/subscriptions/s//resourceGroups/g",
            ],
            expect![[r#"
                / => Microsoft.Resources/tenants, tenant
                /subscriptions/s => Microsoft.Resources/subscriptions, subscription
                /Subscriptions/s/RESOURCEGROUPS/g/ => Microsoft.Resources/resourceGroups, resource-group
                /subscriptions/s/providers/Test.Rp => Microsoft.Resources/providers, subscription
                /subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w => Test.Rp/widgets, resource-group
                /subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w/gears/x => Test.Rp/widgets/gears, resource-group
                /subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/w/providers/Test.Lock/locks/l => Test.Lock/locks, resource-group
                /providers/Microsoft.Management/managementGroups/m => Microsoft.Management/managementGroups, management-group
                /providers/Microsoft.Management/managementGroups/m/providers/Test.Rp/widgets/w => Test.Rp/widgets, management-group
                /providers/Test.Rp/widgets/w => Test.Rp/widgets, tenant
                /subscriptions/s/locations/l => Microsoft.Resources/subscriptions/locations, no scope
                /subscriptions/s/resourceGroup/g => Microsoft.Resources/subscriptions/resourceGroup, no scope
                /providers/Microsoft.Management/managementGroups/m/subscriptions/s => Microsoft.Management/managementGroups/subscriptions, management-group
                /subscriptions/s//resourceGroups/g => Microsoft.Resources/resourceGroups, no scope
            "#]],
        );
    }

    #[test]
    fn what_is_not_known_is_not_guessed() {
        check(
            &[
                "/subscriptions/?/resourceGroups/?",
                "/subscriptions/?/resourceGroups/?/providers/Test.Rp/widgets/?",
                "/subscriptions/s/?/g",
                "/?/s",
                "/providers/?/widgets/w",
                "/??",
                "/??/gears/g",
                "/??/gears",
                "/??/providers/Test.Rp/widgets/w/gears/g",
                "/subscriptions/s/??",
                "/subscriptions/s/resourceGroups/g/providers/Test.Rp/??",
            ],
            expect![[r#"
                /subscriptions/?/resourceGroups/? => Microsoft.Resources/resourceGroups, resource-group
                /subscriptions/?/resourceGroups/?/providers/Test.Rp/widgets/? => Test.Rp/widgets, resource-group
                /subscriptions/s/?/g => unknown, no scope
                /?/s => unknown, no scope
                /providers/?/widgets/w => unknown, tenant
                /?? => unknown, no scope
                /??/gears/g => unknown, no scope
                /??/gears => unknown, no scope
                /??/providers/Test.Rp/widgets/w/gears/g => Test.Rp/widgets/gears, no scope
                /subscriptions/s/?? => unknown, no scope
                /subscriptions/s/resourceGroups/g/providers/Test.Rp/?? => unknown, resource-group
            "#]],
        );
    }

    #[test]
    fn what_the_provider_refuses_is_no_id() {
        check(
            &[
                "",
                "subscriptions/s",
                "https://example.com/x",
                "/subscriptions/s?api-version=2020-01-01",
                "/subscriptions/a|b",
                "//",
                "/tenants/t",
                "/subscriptions/s/resourceGroups/g/providers/Test.Rp",
                "/subscriptions",
                "/subscriptions/s/resourceGroups",
                "/subscriptions/s/providers/Test.Rp/widgets",
            ],
            expect![[r#"
                 => it is empty
                subscriptions/s => it does not begin with `/`
                https://example.com/x => it is a URL
                /subscriptions/s?api-version=2020-01-01 => it holds `api-version=`
                /subscriptions/a|b => it holds `|`
                // => it has an empty segment
                /tenants/t => it begins with neither `/subscriptions/` nor `/providers/`
                /subscriptions/s/resourceGroups/g/providers/Test.Rp => its namespace is not followed by a type and a name
                /subscriptions => its last segment lacks a name
                /subscriptions/s/resourceGroups => its last segment lacks a name
                /subscriptions/s/providers/Test.Rp/widgets => its last segment lacks a name
            "#]],
        );
    }

    #[test]
    fn ids_are_built_by_the_kind_of_type() {
        let group = "/subscriptions/s/resourceGroups/g";
        for (parent, ty, expected) in [
            ("/subscriptions/s", "Test.Rp", "/subscriptions/s/providers/n"),
            ("/subscriptions/s", "microsoft.resources/resourcegroups", "/subscriptions/s/resourceGroups/n"),
            ("/", "Microsoft.Resources/subscriptions", "/subscriptions/n"),
            ("/", "Microsoft.Resources/tenants", "/"),
            ("/subscriptions/s", "Microsoft.Resources/providers", "/subscriptions/s/providers/n"),
            ("/", "Test.Rp/widgets", "/providers/Test.Rp/widgets/n"),
            (group, "Test.Rp/widgets", "/subscriptions/s/resourceGroups/g/providers/Test.Rp/widgets/n"),
            ("/p/q", "Test.Rp/widgets/gears", "/p/q/gears/n"),
        ] {
            assert_eq!(build(parent, ty, "n"), expected, "{ty} under {parent}");
        }
    }

    #[test]
    fn a_flaw_is_told_though_the_provider_reads_the_id() {
        let flaw = |id: &str| ArmId::parse(id).map(|id| id.flaw());
        assert_eq!(flaw("/subscriptions/s/resourceGroups/g/"), Ok(None));
        assert_eq!(flaw("/subscriptions/s//resourceGroups/g"), Ok(Some(ArmIdError::EmptySegment)));
        assert_eq!(flaw("//subscriptions/s"), Ok(Some(ArmIdError::EmptySegment)));
        assert_eq!(flaw("/subscriptions/s/providers"), Ok(Some(ArmIdError::Incomplete)));
        assert_eq!(flaw("/subscriptions/s/locations"), Ok(Some(ArmIdError::Incomplete)));
        assert_eq!(flaw("/providers/Test.Rp/widgets/w/gears"), Ok(Some(ArmIdError::Incomplete)));
    }

    #[test]
    fn a_name_is_expected_behind_the_word_of_a_type() {
        let expects = |text: &str| {
            let segments = text.split('/').filter(|s| !s.is_empty()).map(|s| match s {
                "??" => Segment::UnknownPath,
                text => Segment::Known(text.into()),
            });
            expects_name(&segments.collect::<Vec<_>>())
        };
        for yes in ["subscriptions", "??/gears", "/providers/Test.Rp/widgets", "??/providers/A/b/c/d"] {
            assert!(expects(yes), "{yes}");
        }
        for no in ["", "??", "subscriptions/s", "providers", "providers/Test.Rp", "??/gears/g"] {
            assert!(!expects(no), "{no}");
        }
    }

    const WORDS: &str =
        "providers|subscriptions|resourceGroups|Microsoft[.]Management|managementGroups|[a-c]";

    proptest! {
        #[test]
        fn any_text_is_an_id_or_an_error(text in "(/(\\PC{0,4}|providers|subscriptions|a|b)){0,8}|\\PC{0,9}") {
            let _ = ArmId::parse(&text);
        }

        /// Hides some segments, each alone or a run of them as one path: what the whole id is must stay possible.
        #[test]
        fn what_an_id_is_stays_possible_when_parts_are_hidden(
            words in prop::collection::vec(WORDS, 1..10),
            hidden in prop::collection::vec(0..3_u8, 10),
        ) {
            let whole: Vec<_> = words.iter().map(|word| Segment::Known(word.clone().into())).collect();
            let partial: Vec<_> = whole
                .iter()
                .zip(hidden)
                .map(|(segment, hide)| match hide {
                    0 => segment.clone(),
                    1 => Segment::Unknown,
                    _ => Segment::UnknownPath,
                })
                .collect();
            if let Ok(whole) = ArmId::from_segments(whole) {
                let partial = ArmId::from_segments(partial);
                prop_assert!(partial.is_ok());
                let partial = partial.unwrap();
                if let Some(ty) = whole.resource_type() {
                    prop_assert!(whole.may_be_of_type(ty), "{ty} is not that of {whole}");
                    prop_assert!(partial.may_be_of_type(ty), "{ty}, {partial}");
                    let child = format!("{ty}/x");
                    prop_assert!(!whole.may_be_of_type(&child));
                }
                if let Some(scope) = whole.scope() {
                    prop_assert!(partial.may_lie_at(Scopes::default().with(scope)));
                    prop_assert!(partial.scope().is_none_or(|it| it == scope));
                } else if !words.iter().skip(1).step_by(2).any(|word| word == "providers") {
                    // Nothing is named `providers`, so where a name stands it need not be feared.
                    prop_assert_eq!(partial.scope(), None);
                }
            }
        }

        #[test]
        fn what_becomes_known_keeps_what_was_known(
            names in prop::collection::vec("providers|subscriptions|resourceGroups|[a-c]", 1..10),
            hidden in any::<prop::sample::Index>(),
        ) {
            // Nothing is named `providers`, so where a name stands it need not be feared.
            prop_assume!(names[hidden.index(names.len())] != "providers" || hidden.index(names.len()) % 2 == 0);
            let known = |name: &String| Segment::Known(name.clone().into());
            let whole: Vec<_> = names.iter().map(known).collect();
            let mut partial = whole.clone();
            partial[hidden.index(names.len())] = Segment::Unknown;
            if let (Ok(whole), Ok(partial)) = (ArmId::from_segments(whole), ArmId::from_segments(partial)) {
                if let (Some(ty), Some(partial)) = (whole.resource_type(), partial.resource_type()) {
                    prop_assert_eq!(ty, partial);
                }
                if let Some(scope) = partial.scope() {
                    prop_assert_eq!(whole.scope(), Some(scope));
                }
            }
        }
    }
}
