//! ARM ids: `/subscriptions/…/resourceGroups/…/providers/Namespace/type/name/…`. Reads them, also when
//! parts of them are not known, and builds them as the provider does.

use std::borrow::Cow;
use std::fmt;

use super::scope::Scope;

const TENANTS: &str = "Microsoft.Resources/tenants";
/// The type of subscriptions.
pub const SUBSCRIPTIONS: &str = "Microsoft.Resources/subscriptions";
/// The type of resource groups.
pub const RESOURCE_GROUPS: &str = "Microsoft.Resources/resourceGroups";
const PROVIDERS: &str = "Microsoft.Resources/providers";
/// The type of management groups.
pub const MANAGEMENT_GROUPS: &str = "Microsoft.Management/managementGroups";

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
    ty: KnownType,
    scope: Option<Scope>,
}

/// What is known of an id's resource type.
#[derive(Debug, Clone, PartialEq, Eq)]
enum KnownType {
    Known(String),
    Unknown,
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
    /// The last segment is a type without a name, or `providers` leads to nothing.
    Incomplete,
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
            ArmIdError::Incomplete => "its last segment lacks a name",
        })
    }
}

impl std::error::Error for ArmIdError {}

impl<'a> ArmId<'a> {
    /// Reads an id that is known in full; a slash at its end is overlooked.
    pub fn parse(text: &'a str) -> Result<Self, ArmIdError> {
        if text.is_empty() {
            return Err(ArmIdError::Empty);
        }
        let lower = text.to_ascii_lowercase();
        if lower.starts_with("http:") || lower.starts_with("https:") {
            return Err(ArmIdError::Url);
        }
        if lower.contains("api-version=") {
            return Err(ArmIdError::ApiVersion);
        }
        if text.contains('|') {
            return Err(ArmIdError::Pipe);
        }
        let Some(rest) = text.strip_prefix('/') else { return Err(ArmIdError::NoLeadingSlash) };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if rest.is_empty() {
            return ArmId::from_segments(Vec::new());
        }
        if rest.split('/').any(str::is_empty) {
            return Err(ArmIdError::EmptySegment);
        }
        ArmId::from_segments(rest.split('/').map(|s| Segment::Known(Cow::Borrowed(s))).collect())
    }

    /// Reads an id of which parts may not be known. `Err` only when no text in their place would make it
    /// an id.
    pub fn from_segments(segments: Vec<Segment<'a>>) -> Result<Self, ArmIdError> {
        let ty = known_type(&segments)?;
        let scope = scope_of(&segments);
        Ok(ArmId { segments, ty, scope })
    }

    /// Its parts; none for the tenant.
    pub fn segments(&self) -> &[Segment<'a>] {
        &self.segments
    }

    /// The type of the resource that it names, spelled as in the id (`Microsoft.Resources/…` for
    /// subscriptions, resource groups, providers and the tenant); `None` when it depends on what is
    /// not known.
    pub fn resource_type(&self) -> Option<&str> {
        match &self.ty {
            KnownType::Known(name) => Some(name),
            KnownType::Unknown => None,
        }
    }

    /// The deployment scope of what stands before its first `providers`; `None` when that depends on what
    /// is not known, or is no scope at all.
    pub fn scope(&self) -> Option<Scope> {
        self.scope
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

/// Walks the pairs of an id: `providers/Namespace/type/name`, then `type/name` below it.
fn known_type(segments: &[Segment<'_>]) -> Result<KnownType, ArmIdError> {
    // Only what follows the last part of unknown length can be counted.
    let start = segments.iter().rposition(|s| *s == Segment::UnknownPath).map_or(0, |at| at + 1);
    let mut ty = if start == 0 { KnownType::Known(TENANTS.to_owned()) } else { KnownType::Unknown };
    let mut rest = &segments[start..];
    while let [first, others @ ..] = rest {
        if first.is("providers") {
            (ty, rest) = after_providers(others)?;
            continue;
        }
        let [_, after @ ..] = others else {
            // After a path of unknown length this may be the name of a type inside that path.
            let may_be_name = start > 0;
            return if may_be_name { Ok(KnownType::Unknown) } else { Err(ArmIdError::Incomplete) };
        };
        ty = match (ty, first) {
            (KnownType::Known(above), Segment::Known(first)) => child_type(&above, first),
            _ => KnownType::Unknown,
        };
        rest = after;
    }
    Ok(ty)
}

type Rest<'s, 'a> = (KnownType, &'s [Segment<'a>]);

fn after_providers<'s, 'a>(segments: &'s [Segment<'a>]) -> Result<Rest<'s, 'a>, ArmIdError> {
    match segments {
        [] => Err(ArmIdError::Incomplete),
        [_] => Ok((KnownType::Known(PROVIDERS.to_owned()), &[])),
        [_, next, ..] if next.is("providers") => Ok((KnownType::Known(PROVIDERS.to_owned()), &segments[1..])),
        [_, _] => Err(ArmIdError::Incomplete),
        [Segment::Known(namespace), Segment::Known(ty), _, rest @ ..] => {
            Ok((KnownType::Known(format!("{namespace}/{ty}")), rest))
        }
        [_, _, _, rest @ ..] => Ok((KnownType::Unknown, rest)),
    }
}

fn child_type(above: &str, segment: &str) -> KnownType {
    KnownType::Known(if above == TENANTS && segment.eq_ignore_ascii_case("subscriptions") {
        SUBSCRIPTIONS.to_owned()
    } else if above == SUBSCRIPTIONS && segment.eq_ignore_ascii_case("resourceGroups") {
        RESOURCE_GROUPS.to_owned()
    } else {
        format!("{above}/{segment}")
    })
}

/// The provider's rule: it counts what stands before `providers`.
fn scope_of(segments: &[Segment<'_>]) -> Option<Scope> {
    let before = segments.iter().position(|segment| segment.is("providers"));
    let before = &segments[..before.unwrap_or(segments.len())];
    if before.contains(&Segment::UnknownPath) {
        return None;
    }
    // A segment that is not known may itself be `providers`, unless it stands where a name does.
    let names_only =
        |(index, segment): (usize, &Segment<'_>)| index % 2 == 1 || matches!(segment, Segment::Known(_));
    if !before.iter().enumerate().all(names_only) {
        return None;
    }
    match before.len() {
        0 => match segments {
            [_, namespace, ty, ..] => {
                let (wanted, wanted_type) = MANAGEMENT_GROUPS.split_once('/')?;
                if namespace.is(wanted) && ty.is(wanted_type) {
                    return Some(Scope::ManagementGroup);
                }
                let known = |segment| matches!(segment, &Segment::Known(_));
                (known(namespace) && known(ty)).then_some(Scope::Tenant)
            }
            _ => Some(Scope::Tenant),
        },
        2 => Some(Scope::Subscription),
        4 => Some(Scope::ResourceGroup),
        _ => None,
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
                /subscriptions/s/locations/l => Microsoft.Resources/subscriptions/locations, resource-group
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
                /providers/?/widgets/w => unknown, no scope
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
                "/subscriptions//resourceGroups/g",
                "/subscriptions",
                "/subscriptions/s/resourceGroups",
                "/subscriptions/s/providers/Test.Rp/widgets",
                "/subscriptions/s/providers",
            ],
            expect![[r#"
                 => it is empty
                subscriptions/s => it does not begin with `/`
                https://example.com/x => it is a URL
                /subscriptions/s?api-version=2020-01-01 => it holds `api-version=`
                /subscriptions/a|b => it holds `|`
                /subscriptions//resourceGroups/g => it has an empty segment
                /subscriptions => its last segment lacks a name
                /subscriptions/s/resourceGroups => its last segment lacks a name
                /subscriptions/s/providers/Test.Rp/widgets => its last segment lacks a name
                /subscriptions/s/providers => its last segment lacks a name
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

    proptest! {
        #[test]
        fn any_text_is_an_id_or_an_error(text in "(/(\\PC{0,4}|providers|subscriptions|a|b)){0,8}|\\PC{0,9}") {
            let _ = ArmId::parse(&text);
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
