//! The metadata tables of an assembly (ECMA-335, partition II, chapter 22): where each row stands, which
//! depends on the row counts of all tables and on the sizes of the heaps.

use super::bytes::Bytes;

pub(super) const ASSEMBLY: usize = 0x20;
pub(super) const MANIFEST_RESOURCE: usize = 0x28;

/// What a column holds, which gives its width.
#[derive(Clone, Copy)]
enum Column {
    /// Two bytes.
    Two,
    /// Four bytes.
    Four,
    /// Offset into the heap of strings.
    Text,
    /// Index into the heap of GUIDs.
    Guid,
    /// Offset into the heap of blobs.
    Blob,
    /// Row of one table.
    Row(usize),
    /// Row of one of several tables, which the low bits tell apart.
    Coded(u32, &'static [usize]),
}

use Column::{Blob, Coded, Four, Guid, Row, Text, Two};

const TYPE_DEF_OR_REF: Column = Coded(2, &[0x02, 0x01, 0x1b]);
const HAS_CONSTANT: Column = Coded(2, &[0x04, 0x08, 0x17]);
const HAS_CUSTOM_ATTRIBUTE: Column = Coded(
    5,
    &[
        0x06, 0x04, 0x01, 0x02, 0x08, 0x09, 0x0a, 0x00, 0x0e, 0x17, 0x14, 0x11, 0x1a, 0x1b, 0x20, 0x23, 0x26,
        0x27, 0x28, 0x2a, 0x2c, 0x2b,
    ],
);
const HAS_FIELD_MARSHAL: Column = Coded(1, &[0x04, 0x08]);
const HAS_SECURITY: Column = Coded(2, &[0x02, 0x06, 0x20]);
const MEMBER_REF_PARENT: Column = Coded(3, &[0x02, 0x01, 0x1a, 0x06, 0x1b]);
const HAS_SEMANTICS: Column = Coded(1, &[0x14, 0x17]);
const METHOD_DEF_OR_REF: Column = Coded(1, &[0x06, 0x0a]);
const MEMBER_FORWARDED: Column = Coded(1, &[0x04, 0x06]);
const IMPLEMENTATION: Column = Coded(2, &[0x26, 0x23, 0x27]);
const CUSTOM_ATTRIBUTE_TYPE: Column = Coded(3, &[0x06, 0x0a]);
const RESOLUTION_SCOPE: Column = Coded(2, &[0x00, 0x1a, 0x23, 0x01]);

/// Columns of every table up to `ManifestResource`, by the table's number.
const TABLES: [&[Column]; MANIFEST_RESOURCE + 1] = [
    &[Two, Text, Guid, Guid, Guid],                             // Module
    &[RESOLUTION_SCOPE, Text, Text],                            // TypeRef
    &[Four, Text, Text, TYPE_DEF_OR_REF, Row(0x04), Row(0x06)], // TypeDef
    &[Row(0x04)],                                               // FieldPtr
    &[Two, Text, Blob],                                         // Field
    &[Row(0x06)],                                               // MethodPtr
    &[Four, Two, Two, Text, Blob, Row(0x08)],                   // MethodDef
    &[Row(0x08)],                                               // ParamPtr
    &[Two, Two, Text],                                          // Param
    &[Row(0x02), TYPE_DEF_OR_REF],                              // InterfaceImpl
    &[MEMBER_REF_PARENT, Text, Blob],                           // MemberRef
    &[Two, HAS_CONSTANT, Blob],                                 // Constant
    &[HAS_CUSTOM_ATTRIBUTE, CUSTOM_ATTRIBUTE_TYPE, Blob],       // CustomAttribute
    &[HAS_FIELD_MARSHAL, Blob],                                 // FieldMarshal
    &[Two, HAS_SECURITY, Blob],                                 // DeclSecurity
    &[Two, Four, Row(0x02)],                                    // ClassLayout
    &[Four, Row(0x04)],                                         // FieldLayout
    &[Blob],                                                    // StandAloneSig
    &[Row(0x02), Row(0x14)],                                    // EventMap
    &[Row(0x14)],                                               // EventPtr
    &[Two, Text, TYPE_DEF_OR_REF],                              // Event
    &[Row(0x02), Row(0x17)],                                    // PropertyMap
    &[Row(0x17)],                                               // PropertyPtr
    &[Two, Text, Blob],                                         // Property
    &[Two, Row(0x06), HAS_SEMANTICS],                           // MethodSemantics
    &[Row(0x02), METHOD_DEF_OR_REF, METHOD_DEF_OR_REF],         // MethodImpl
    &[Text],                                                    // ModuleRef
    &[Blob],                                                    // TypeSpec
    &[Two, MEMBER_FORWARDED, Text, Row(0x1a)],                  // ImplMap
    &[Four, Row(0x04)],                                         // FieldRVA
    &[Four, Four],                                              // EncLog
    &[Four],                                                    // EncMap
    &[Four, Two, Two, Two, Two, Four, Blob, Text, Text],        // Assembly
    &[Four],                                                    // AssemblyProcessor
    &[Four, Four, Four],                                        // AssemblyOS
    &[Two, Two, Two, Two, Four, Blob, Text, Text, Blob],        // AssemblyRef
    &[Four, Row(0x23)],                                         // AssemblyRefProcessor
    &[Four, Four, Four, Row(0x23)],                             // AssemblyRefOS
    &[Four, Text, Blob],                                        // File
    &[Four, Four, Text, Text, IMPLEMENTATION],                  // ExportedType
    &[Four, Four, Text, IMPLEMENTATION],                        // ManifestResource
];

/// The `#~` stream, with the place of each table.
pub(super) struct Tables<'s> {
    stream: &'s [u8],
    heaps: u8,
    rows: [u32; 64],
    /// Offset of each table in the stream.
    starts: [usize; MANIFEST_RESOURCE + 1],
}

impl<'s> Tables<'s> {
    /// `None` when the stream ends too early for the tables it states.
    pub(super) fn read(stream: &'s [u8]) -> Option<Self> {
        let mut at = Bytes::new(stream, 6);
        let heaps = at.u8()?;
        at.u8()?;
        let present = at.u64()?;
        at.u64()?;
        let mut rows = [0; 64];
        for (table, rows) in rows.iter_mut().enumerate() {
            if present >> table & 1 == 1 {
                *rows = at.u32()?;
            }
        }
        if heaps & 0x40 != 0 {
            at.u32()?;
        }
        let mut tables = Self { stream, heaps, rows, starts: [0; MANIFEST_RESOURCE + 1] };
        for (table, columns) in TABLES.iter().enumerate() {
            tables.starts[table] = at.at;
            let width: usize = columns.iter().map(|it| tables.width(*it)).sum();
            let rows = usize::try_from(tables.rows[table]).ok()?;
            at.take(width.checked_mul(rows)?)?;
        }
        Some(tables)
    }

    pub(super) fn rows(&self, table: usize) -> u32 {
        self.rows[table]
    }

    /// A row's cell, rows and columns counted from 0; `None` when there is none.
    pub(super) fn cell(&self, table: usize, row: u32, column: usize) -> Option<u32> {
        let columns = TABLES.get(table)?;
        if row >= self.rows[table] {
            return None;
        }
        let widths = |until| -> usize { columns[..until].iter().map(|it| self.width(*it)).sum() };
        let row = usize::try_from(row).ok()?;
        let start = row.checked_mul(widths(columns.len()))?.checked_add(self.starts[table])?;
        let mut at = Bytes::new(self.stream, start.checked_add(widths(column))?);
        match self.width(*columns.get(column)?) {
            2 => at.u16().map(u32::from),
            _ => at.u32(),
        }
    }

    fn width(&self, column: Column) -> usize {
        let wide = match column {
            Two => false,
            Four => true,
            Text => self.heaps & 1 != 0,
            Guid => self.heaps & 2 != 0,
            Blob => self.heaps & 4 != 0,
            Row(table) => self.rows[table] >> 16 != 0,
            Coded(bits, tables) => tables.iter().any(|it| self.rows[*it] >> (16 - bits) != 0),
        };
        if wide { 4 } else { 2 }
    }
}
