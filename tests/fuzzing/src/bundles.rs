//! Damaged bundles: each is refused in one line, or answers everything that is asked of it.

use azapi_ls::schema::{Property, Schema, SchemaType, TypeKind};
use schemas::layout::CHECKED_FROM;

use crate::driver::{Target, kept};
use crate::{damage, packages};

/// The reader of bundles.
pub const TARGET: Target = Target {
    name: "bundles",
    samples: || {
        let folders = kept("packages").into_iter().filter_map(|(_, package)| packages::read(&package).ok());
        folders.filter_map(|facts| packages::packed(&facts)).collect()
    },
    damage: |choices, samples| damage::bytes(choices, samples),
    check,
    cases: 2_000,
};

/// Opens bytes as a bundle, also with the checksum made right, so that what stands behind that check is reached.
///
/// # Panics
///
/// Where it is refused in more than a line, or answers differently when asked again.
pub fn check(input: &[u8]) {
    open(input.to_vec());
    if input.len() > CHECKED_FROM {
        let mut mended = input.to_vec();
        let mut crc = flate2::Crc::new();
        crc.update(&mended[CHECKED_FROM..]);
        mended[CHECKED_FROM - 4..CHECKED_FROM].copy_from_slice(&crc.sum().to_le_bytes());
        open(mended);
    }
}

fn open(bytes: Vec<u8>) {
    match Schema::from_bytes(bytes) {
        Ok(schema) => assert_eq!(ask_all(&schema), ask_all(&schema)),
        Err(error) => assert!(!error.to_string().contains('\n'), "{error}"),
    }
}

/// Asks for everything, to a bounded depth; how much that was.
pub fn ask_all(schema: &Schema) -> usize {
    let mut reads = 0;
    for ty in schema.resource_types().take(100) {
        reads += ty.parent_patterns().len() + ty.import_id().len() + ty.newest().type_name().len();
        reads +=
            ty.child_types().count() + ty.spellings().count() + ty.parent_type_name().map_or(0, str::len);
        reads += usize::from(schema.resource_type(ty.name()).is_some()) + schema.close_types(ty.name()).len();
        for version in ty.versions().take(100) {
            reads += version.functions().take(100).count() + version.readable_scopes().iter().count();
            reads += version.parent_patterns().len() + version.writable_scopes().iter().count();
            walk(version.body(), 6, &mut reads);
            reads += usize::from(ty.version(version.api_version().as_str()).is_some());
        }
    }
    for functions in schema.function_types().take(100) {
        reads += functions.names().len() + functions.type_name().len();
        for version in functions.versions().take(100) {
            for function in functions.at(version.as_str()).take(100) {
                walk(function.output(), 4, &mut reads);
                function.input().into_iter().for_each(|input| walk(input, 4, &mut reads));
            }
        }
    }
    reads
}

fn walk(ty: SchemaType<'_>, depth: usize, reads: &mut usize) {
    *reads += 1;
    if depth == 0 || *reads > 5_000 {
        return;
    }
    let property = |it: Property<'_>, reads: &mut usize| {
        *reads += it.name().len() + it.description().map_or(0, |text| text.len());
        *reads += it.flags().names().count();
        walk(it.ty(), depth - 1, reads);
    };
    match ty.kind() {
        TypeKind::Union(elements) => elements.for_each(|it| walk(it, depth - 1, reads)),
        TypeKind::Array { items, .. } => walk(items, depth - 1, reads),
        TypeKind::Object(object) => {
            object.properties().for_each(|it| property(it, reads));
            object.additional_properties().into_iter().for_each(|it| walk(it, depth - 1, reads));
            *reads += usize::from(object.property("name").is_some());
        }
        TypeKind::Discriminated(object) => {
            object.base_properties().for_each(|it| property(it, reads));
            for (value, variant) in object.variants() {
                *reads += usize::from(object.variant(value).is_some());
                walk(variant, depth - 1, reads);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn damaged_bundles_are_refused_or_read() {
        crate::driver::run(super::TARGET);
    }
}
