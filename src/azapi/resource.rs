//! An azapi block read as the resource it states: its type, version, name and parent.

use super::block::AzapiBlock;
use super::provider::{DataPlaneType, Provider, TypesOf};
use crate::schema::arm_id;
use crate::schema::{Function, ResourceType, ResourceVersion, Schema};
use crate::syntax::ast;
use crate::terraform::{Evaluator, Located, NameScope, PartKind, Text, Value, ValueKind};

/// What a block's `type` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeReference {
    /// There is no `type`, or no value yet.
    Missing,
    /// Its value is not known.
    Unknown,
    /// It is a text, but not `<resource-type>@<api-version>`.
    Malformed(String),
    /// It names a type, and a version when that is known.
    Named {
        /// Before the `@`.
        resource_type: String,
        /// Behind it; `None` when it is not known.
        api_version: Option<String>,
    },
}

impl TypeReference {
    /// Reads the value of `type`.
    pub(crate) fn of(value: &Value) -> Self {
        match &value.assumed().kind {
            ValueKind::String(text) => Self::of_text(text),
            ValueKind::Number(number) => Self::Malformed(number.to_string()),
            ValueKind::Bool(value) => Self::Malformed(value.to_string()),
            _ => Self::Unknown,
        }
    }

    fn of_text(text: &Text) -> Self {
        let known = text.known_prefix();
        let (known, complete) = (known.as_str(), text.as_known().is_some());
        let well_formed = |name: &str| !name.is_empty() && !name.starts_with('/') && !name.ends_with('/');
        match known.split_once('@') {
            Some((name, version)) if well_formed(name) && !version.contains('@') => {
                let version_known = complete && !version.is_empty();
                if complete && version.is_empty() {
                    return Self::Malformed(known.to_owned());
                }
                Self::Named {
                    resource_type: name.to_owned(),
                    api_version: version_known.then(|| version.to_owned()),
                }
            }
            Some(_) => Self::Malformed(shown(text)),
            None if complete => Self::Malformed(known.to_owned()),
            None => Self::Unknown,
        }
    }
}

fn shown(text: &Text) -> String {
    let shown = text.parts.iter().map(|part| match &part.kind {
        PartKind::Known(text) => text,
        PartKind::Unknown
        | PartKind::Computed(_)
        | PartKind::Called(_)
        | PartKind::Json(_)
        | PartKind::Folder(_) => "…",
    });
    shown.collect()
}

/// A block with what its `type` names.
#[derive(Debug, Clone)]
pub struct Resource<'s> {
    /// The block.
    pub block: AzapiBlock,
    /// What `type` says.
    pub type_reference: TypeReference,
    /// Which instance of the block is meant.
    pub(crate) scope: NameScope,
    found: Option<ResourceType<'s>>,
    version: Option<ResourceVersion<'s>>,
    schema: &'s Schema,
}

impl<'s> Resource<'s> {
    /// Whichever instance of a block. `None` for blocks that are not azapi's.
    pub fn of(evaluator: &Evaluator<'_>, schema: &'s Schema, syntax: Located<ast::Block>) -> Option<Self> {
        let block = AzapiBlock::of(syntax)?;
        let scope = evaluator.any_scope(&block.syntax);
        Some(Self::new(evaluator, schema, block, scope))
    }

    /// One instance of a block, of a called module maybe. `None` for blocks that are not azapi's.
    pub(crate) fn in_scope(
        evaluator: &Evaluator<'_>,
        schema: &'s Schema,
        syntax: Located<ast::Block>,
        scope: NameScope,
    ) -> Option<Self> {
        Some(Self::new(evaluator, schema, AzapiBlock::of(syntax)?, scope))
    }

    fn new(evaluator: &Evaluator<'_>, schema: &'s Schema, block: AzapiBlock, scope: NameScope) -> Self {
        let parts = evaluator.parts_of(&block.syntax);
        let block = block.with_parts(parts);
        let type_reference = match block.value("type") {
            Some(value) => TypeReference::of(&evaluator.expression(&value, &scope)),
            None => TypeReference::Missing,
        };
        let (found, version) = found(schema, &block, &type_reference);
        Self { block, type_reference, scope, found, version, schema }
    }

    /// The same block if its `type` had this value.
    pub(crate) fn with_type<'t>(&self, schema: &'t Schema, value: &Value) -> Resource<'t> {
        let type_reference = TypeReference::of(value);
        let (found, version) = found(schema, &self.block, &type_reference);
        let (block, scope) = (self.block.clone(), self.scope.clone());
        Resource { block, type_reference, scope, found, version, schema }
    }

    /// The value of an argument; `None` when it is not written, or has no value yet.
    pub(crate) fn argument(&self, evaluator: &Evaluator<'_>, name: &str) -> Option<Value> {
        Some(evaluator.expression(&self.block.value(name)?, &self.scope))
    }

    /// The type that `type` names, as the data spells it, or as written when the data does not have it.
    pub fn type_name(&self) -> Option<String> {
        let TypeReference::Named { resource_type, .. } = &self.type_reference else { return None };
        Some(self.resource_type().map_or_else(|| resource_type.clone(), |found| found.name().to_owned()))
    }

    /// The type as it is written, which is how the provider puts it into ids.
    pub fn written_type(&self) -> Option<&str> {
        match &self.type_reference {
            TypeReference::Named { resource_type, .. } => Some(resource_type),
            _ => None,
        }
    }

    /// The data-plane type that `type` names, in blocks that take such types.
    pub fn data_plane_type(&self) -> Option<&'static DataPlaneType> {
        let name = self.written_type().filter(|_| self.block.definition.means.types == TypesOf::DataPlane)?;
        Provider::get().data_plane_type(name)
    }

    /// The type in the data; `None` when it is unknown, not there, or a data-plane type: of those the data knows
    /// nothing, even where a resource type is called the same.
    pub fn resource_type(&self) -> Option<ResourceType<'s>> {
        self.found
    }

    /// The type at its version in the data; `None` when either is unknown or not there.
    pub fn version(&self) -> Option<ResourceVersion<'s>> {
        self.version
    }

    /// The version to describe bodies with: the one named, or the newest while none is.
    pub fn version_or_newest(&self) -> Option<ResourceVersion<'s>> {
        self.version().or_else(|| Some(self.resource_type()?.newest()))
    }

    /// The functions of the type that are known at its version, or at the newest that has any.
    pub fn functions(&self) -> Vec<Function<'s>> {
        let TypeReference::Named { resource_type, api_version } = &self.type_reference else {
            return Vec::new();
        };
        if self.block.definition.means.types == TypesOf::DataPlane {
            return Vec::new();
        }
        let Some(of_type) = self.schema.functions(resource_type) else { return Vec::new() };
        let named = api_version.as_deref().map(|version| of_type.at(version).collect::<Vec<_>>());
        let newest = || of_type.versions().next().map(|version| of_type.at(version.as_str()).collect());
        named.filter(|found| !found.is_empty()).or_else(newest).unwrap_or_default()
    }

    /// The function that `action` names; `None` where that is not known, or the type has no such function.
    pub(crate) fn called_function(&self, evaluator: &Evaluator<'_>) -> Option<Function<'s>> {
        let named = self.argument(evaluator, "action")?.assumed().as_str()?;
        self.functions().into_iter().find(|function| function.name() == &*named)
    }

    /// Whether its `id` is the ARM id of the type it states.
    pub fn has_arm_id(&self) -> bool {
        self.block.definition.means.id_of_type
    }

    /// The type that the parent of a child type has; `None` for top-level types.
    pub fn parent_type(&self) -> Option<String> {
        arm_id::parent_type(&self.type_name()?).map(str::to_owned)
    }

    /// The value of `name` where it is a known text.
    pub fn name(&self, evaluator: &Evaluator<'_>) -> Option<String> {
        self.argument(evaluator, "name")?.assumed().as_str().map(|name| name.to_string())
    }
}

/// The type that the reference names, and its version.
fn found<'s>(
    schema: &'s Schema,
    block: &AzapiBlock,
    type_reference: &TypeReference,
) -> (Option<ResourceType<'s>>, Option<ResourceVersion<'s>>) {
    match type_reference {
        TypeReference::Named { resource_type, api_version }
            if block.definition.means.types != TypesOf::DataPlane =>
        {
            let found = schema.resource_type(resource_type);
            (found, found.and_then(|found| found.version(api_version.as_deref()?)))
        }
        _ => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terraform::Part;

    fn of(text: &str) -> TypeReference {
        TypeReference::of(&Value::string(text))
    }

    fn named(resource_type: &str, api_version: Option<&str>) -> TypeReference {
        TypeReference::Named {
            resource_type: resource_type.to_owned(),
            api_version: api_version.map(str::to_owned),
        }
    }

    #[test]
    fn a_type_has_one_at_sign_and_both_sides() {
        assert_eq!(of("A.B/c@2024-01-01"), named("A.B/c", Some("2024-01-01")));
        for text in ["", "A.B/c", "A.B/c@", "@2024-01-01", "A.B/c@2024-01-01@x", "A@b@c"] {
            assert_eq!(of(text), TypeReference::Malformed(text.to_owned()), "{text}");
        }
        assert_eq!(TypeReference::of(&Value::number(5_i64)), TypeReference::Malformed("5".to_owned()));
    }

    #[test]
    fn an_unknown_version_leaves_the_type_known() {
        let parts = |text: &str| {
            let parts = [PartKind::Known(text.into()), PartKind::Unknown];
            let text = Text::of(parts.map(|kind| Part { kind, span: None })).unwrap();
            TypeReference::of(&ValueKind::String(text).into())
        };
        assert_eq!(parts("A.B/c@"), named("A.B/c", None));
        assert_eq!(parts("A.B/c@2024-"), named("A.B/c", None));
        assert_eq!(parts("A.B/"), TypeReference::Unknown);
        assert_eq!(TypeReference::of(&Value::unknown()), TypeReference::Unknown);
    }
}
