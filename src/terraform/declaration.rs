//! What one file declares: resources, data sources, variables, locals, … with their addresses.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use rowan::{GreenNode, GreenNodeData, GreenTokenData, NodeOrToken};
use rustc_hash::FxHasher;

use super::address::{Address, BlockAddress, BlockKind};
use super::span::ItemId;
use crate::syntax::ast::{self, AstNode};
use crate::syntax::{SyntaxKind, SyntaxNode};
use crate::text::{TextRange, TextSize};

/// One declaration of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declaration<'i> {
    /// `None` for an `import` block, which has no name.
    pub address: Option<&'i Address>,
    /// The whole block, or the whole attribute of a local.
    pub range: TextRange,
    /// The name as written, without quotes.
    pub name_range: TextRange,
}

/// All declarations of one file, in its order, and its items. After an edit the parts that were not read again are
/// shared with the index before.
#[derive(Debug, Default)]
pub struct FileIndex {
    /// The blocks and attributes at the top level with their starts, in the order of the file.
    parts: Vec<(TextSize, Arc<Part>)>,
    /// Hashes of addresses, sorted, each with the place of a part and that of a declaration in it.
    by_address: Vec<(u64, u32, u32)>,
    /// The last attribute at the top level of each name: what a file of variables assigns.
    assignments: HashMap<String, u32>,
    /// Sorted, each with the place of a part and that of an item in it.
    by_id: Vec<(ItemId, u32, u32)>,
}

/// A block or an attribute at the top level. Its ranges count from its start.
#[derive(Debug)]
struct Part {
    green: GreenNode,
    /// Whether it is a block of a provider's type.
    is_of_provider: bool,
    /// The name of an attribute.
    assigned: Option<String>,
    declarations: Vec<Declared>,
    /// In their order; none lies in another.
    items: Vec<Item>,
    /// Hashes of all names in it, in their order; read on first use.
    names: OnceLock<Box<[u64]>>,
}

#[derive(Debug)]
struct Declared {
    address: Option<Address>,
    /// Of the address.
    hash: u64,
    range: TextRange,
    name_range: TextRange,
}

/// The same for equal addresses, in one run of the program.
pub(super) fn address_hash(address: &Address) -> u64 {
    hash_of(address)
}

fn hash_of(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// A stretch of the file that spans count from.
#[derive(Debug)]
struct Item {
    id: ItemId,
    range: TextRange,
    green: GreenNode,
    /// What is referred to in it, as hashes in their order; read on first use.
    references: Arc<OnceLock<Box<[u64]>>>,
}

static NEXT_ITEM: AtomicU32 = AtomicU32::new(0);

/// A block or an attribute of a new text with its start, as it was before where it was not read again.
type Found<'f> = (TextSize, &'f GreenNodeData, Option<&'f Arc<Part>>);

impl FileIndex {
    /// Reads the top level of a file. Blocks without the labels they need are left out: they declare nothing.
    pub fn new(file: &ast::File) -> Self {
        Self::after(file, &Self::default())
    }

    /// The same for a file that was edited since `former` was made: items with the same text keep their ids, the
    /// first with the first and so on. Costs some steps for each part that was not read again, and no allocation.
    pub fn after(file: &ast::File, former: &Self) -> Self {
        let root = file.syntax().green();
        let Some(body) = root.children().next().and_then(|child| child.into_node()) else {
            return Self::default();
        };
        let mut found: Vec<Found<'_>> = Vec::with_capacity(former.parts.len() + 1);
        let mut start = TextSize::new(0);
        for child in body.children() {
            if let NodeOrToken::Node(node) = child {
                found.push((start, node, None));
            }
            start += child.text_len();
        }
        let is_same = |(_, node, _): &Found<'_>, (_, part): &(TextSize, Arc<Part>)| {
            std::ptr::eq::<GreenNodeData>(*node, &*part.green)
        };
        let same = found.iter().zip(&former.parts).take_while(|(found, part)| is_same(found, part)).count();
        let (_, found_behind) = found.split_at(same);
        let (_, parts_behind) = former.parts.split_at(same);
        let behind = found_behind.iter().rev().zip(parts_behind.iter().rev());
        let behind = behind.take_while(|(found, part)| is_same(found, part)).count();
        let changed = &former.parts[same..former.parts.len() - behind];
        let count = found.len();
        for (at, found) in found.iter_mut().enumerate() {
            let kept = match at {
                at if at < same => former.parts.get(at),
                at if at >= count - behind => former.parts.get(at + former.parts.len() - count),
                _ => None,
            };
            found.2 = kept.map(|(_, part)| part);
        }
        Self::of_parts(&found, changed)
    }

    /// `changed` are the former parts that are not among those found.
    fn of_parts(found: &[Found<'_>], changed: &[(TextSize, Arc<Part>)]) -> Self {
        let mut free = FreeItems::new(changed);
        let mut index = Self { parts: Vec::with_capacity(found.len()), ..Self::default() };
        for &(start, node, kept) in found {
            let part = match kept {
                Some(part) => Arc::clone(part),
                None => {
                    let Some(item) = ast::Item::cast(SyntaxNode::new_root(node.to_owned())) else { continue };
                    let mut part = Part::new(&item);
                    free.name(&mut part.items);
                    Arc::new(part)
                }
            };
            let at = index.parts.len() as u32;
            if let Some(name) = &part.assigned {
                index.assignments.insert(name.clone(), at);
            }
            let addresses = part.declarations.iter().zip(0..).filter(|(one, _)| one.address.is_some());
            index.by_address.extend(addresses.map(|(one, in_part)| (one.hash, at, in_part)));
            index.by_id.extend(part.items.iter().zip(0..).map(|(item, in_part)| (item.id, at, in_part)));
            index.parts.push((start, part));
        }
        index.by_address.sort_unstable();
        index.by_id.sort_unstable();
        index
    }

    /// In the order of the file.
    pub fn declarations(&self) -> impl Iterator<Item = Declaration<'_>> {
        self.parts.iter().flat_map(|(start, part)| part.declarations.iter().map(|one| one.at(*start)))
    }

    /// The blocks of providers' types, in the order of the file: also those that declare nothing.
    pub(crate) fn provider_blocks(&self) -> impl Iterator<Item = (ItemId, TextRange)> {
        let blocks = self.parts.iter().filter(|(_, part)| part.is_of_provider);
        blocks.filter_map(|(start, part)| part.items.first().map(|item| (item.id, item.range + *start)))
    }

    /// The hashes of all addresses declared here, sorted, each once: where one is missing, its address is not declared.
    pub(super) fn address_hashes(&self) -> impl Iterator<Item = u64> {
        self.by_address.chunk_by(|(one, ..), (other, ..)| one == other).map(|same| same[0].0)
    }

    /// The declarations of an address in this file; more than one where it is declared twice.
    pub fn named(&self, address: &Address) -> impl Iterator<Item = Declaration<'_>> {
        self.hashed(address_hash(address), address)
    }

    /// The same with the hash of the address.
    pub(super) fn hashed(&self, hash: u64, address: &Address) -> impl Iterator<Item = Declaration<'_>> {
        let first = self.by_address.partition_point(|(other, ..)| *other < hash);
        let same = self.by_address[first..].iter().take_while(move |(other, ..)| *other == hash);
        let declared = same.map(|(_, part, at)| {
            let (start, part) = &self.parts[*part as usize];
            part.declarations[*at as usize].at(*start)
        });
        declared.filter(move |one| one.address == Some(address))
    }

    /// Where an item stands now; `None` when it is not in this version of the file.
    pub(crate) fn item_range(&self, id: ItemId) -> Option<TextRange> {
        let at = self.by_id.binary_search_by_key(&id, |(id, ..)| *id).ok()?;
        let (_, part, item) = self.by_id[at];
        let (start, part) = &self.parts[part as usize];
        Some(part.items[item as usize].range + *start)
    }

    /// The item around an offset, and where it begins.
    pub(crate) fn item_at(&self, offset: TextSize) -> Option<(ItemId, TextSize)> {
        let (start, part) = self.part_at(offset)?;
        let behind = part.items.partition_point(|item| item.range.start() + start <= offset);
        let item = part.items[..behind].last()?;
        let range = item.range + start;
        range.contains_inclusive(offset).then(|| (item.id, range.start()))
    }

    /// The items that may refer to an address; each surely has its words in this order.
    pub(super) fn referring(&self, address: &Address) -> impl Iterator<Item = TextRange> {
        let hash = address_hash(address);
        let refers = move |item: &&Item| {
            let references = item.references.get_or_init(|| references(&item.green));
            references.binary_search(&hash).is_ok()
        };
        self.parts
            .iter()
            .flat_map(move |(start, part)| part.items.iter().filter(refers).map(|item| item.range + *start))
    }

    /// The blocks and attributes at the top level in which one of these names stands, whatever it means there.
    pub(crate) fn naming(&self, names: &[&str]) -> impl Iterator<Item = TextRange> {
        let hashes: Vec<u64> = names.iter().map(|name| hash_of(*name)).collect();
        let parts = self.parts.iter().filter(move |(_, part)| {
            let names = part.names.get_or_init(|| names_in(&part.green));
            hashes.iter().any(|hash| names.binary_search(hash).is_ok())
        });
        parts.map(|(start, part)| TextRange::at(*start, part.green.text_len()))
    }

    /// What the item at an offset declares.
    pub(crate) fn declared_at(&self, offset: TextSize) -> Option<Declaration<'_>> {
        let (start, part) = self.part_at(offset)?;
        let behind = part.declarations.partition_point(|one| one.range.start() + start <= offset);
        let found = part.declarations[..behind].last()?.at(start);
        found.range.contains_inclusive(offset).then_some(found)
    }

    /// Where a file of variables gives a variable its value: the whole attribute.
    pub(super) fn assignment(&self, variable: &str) -> Option<TextRange> {
        let (start, part) = &self.parts[*self.assignments.get(variable)? as usize];
        Some(part.items.first()?.range + *start)
    }

    /// The last part that begins at or before an offset.
    fn part_at(&self, offset: TextSize) -> Option<(TextSize, &Part)> {
        let behind = self.parts.partition_point(|(start, _)| *start <= offset);
        let (start, part) = self.parts[..behind].last()?;
        Some((*start, part))
    }
}

impl Declared {
    /// In a part that begins there.
    fn at(&self, start: TextSize) -> Declaration<'_> {
        let (range, name_range) = (self.range + start, self.name_range + start);
        Declaration { address: self.address.as_ref(), range, name_range }
    }
}

impl Part {
    /// The node must be the root of its tree. The ids of the items come later.
    fn new(item: &ast::Item) -> Self {
        let mut part = Self {
            green: item.syntax().green().into_owned(),
            is_of_provider: false,
            assigned: None,
            declarations: Vec::new(),
            items: Vec::new(),
            names: OnceLock::new(),
        };
        match item {
            ast::Item::Block(block) => part.add_block(block),
            ast::Item::Attribute(attribute) => {
                part.assigned = Some(attribute.name());
                part.add_item(attribute.syntax());
            }
        }
        part
    }

    fn add_block(&mut self, block: &ast::Block) {
        let keyword = block.keyword();
        if keyword == "locals" {
            return self.add_locals(block);
        }
        self.add_item(block.syntax());
        let labels: Vec<_> = block.labels().take(3).map(|label| (label.text(), label.text_range())).collect();
        let range = block.syntax().text_range();
        if let Some(kind) = BlockKind::from_keyword(&keyword) {
            self.is_of_provider = true;
            if let [(type_name, _), (name, name_range)] = labels.as_slice() {
                self.add(Some(BlockAddress::new(kind, type_name, name).into()), range, *name_range);
            }
            return;
        }
        let address = match keyword.as_str() {
            "variable" => Address::Variable,
            "module" => Address::Module,
            "output" => Address::Output,
            "provider" => Address::Provider,
            "import" => return self.add(None, range, range),
            _ => return,
        };
        if let [(name, name_range)] = labels.as_slice() {
            self.add(Some(address(name.clone())), range, *name_range);
        }
    }

    fn add_locals(&mut self, block: &ast::Block) {
        for attribute in block.body().into_iter().flat_map(|body| body.attributes()) {
            self.add_item(attribute.syntax());
            if let Some(token) = attribute.name_token() {
                let (name, range) = (attribute.name(), attribute.syntax().text_range());
                self.add(Some(Address::Local(name)), range, token.text_range());
            }
        }
    }

    fn add(&mut self, address: Option<Address>, range: TextRange, name_range: TextRange) {
        let hash = address.as_ref().map_or(0, address_hash);
        self.declarations.push(Declared { address, hash, range, name_range });
    }

    fn add_item(&mut self, node: &SyntaxNode) {
        // The id comes when all items are there.
        let green = node.green().into_owned();
        let (range, references) = (node.text_range(), Arc::default());
        self.items.push(Item { id: ItemId(u32::MAX), range, green, references });
    }
}

/// Items of a former text whose ids are free, by the length of their text, so that texts are compared with few others.
struct FreeItems<'f>(HashMap<TextSize, Vec<&'f Item>>);

impl<'f> FreeItems<'f> {
    fn new(parts: &'f [(TextSize, Arc<Part>)]) -> Self {
        let mut free: HashMap<TextSize, Vec<&Item>> = HashMap::new();
        for item in parts.iter().rev().flat_map(|(_, part)| part.items.iter().rev()) {
            free.entry(item.range.len()).or_default().push(item);
        }
        Self(free)
    }

    /// Gives new items the ids of former ones with the same text, or new ids.
    fn name(&mut self, items: &mut [Item]) {
        for item in items {
            let kept = self.0.get_mut(&item.range.len()).and_then(|same| take(same, &item.green));
            match kept {
                Some(kept) => {
                    item.id = kept.id;
                    item.references = Arc::clone(&kept.references);
                }
                None => item.id = ItemId(NEXT_ITEM.fetch_add(1, Ordering::Relaxed)),
            }
        }
    }
}

/// The first of equal text, taken out of a list that is in reverse order.
fn take<'f>(former: &mut Vec<&'f Item>, green: &GreenNode) -> Option<&'f Item> {
    let is_same = |item: &&Item| std::ptr::eq::<rowan::GreenNodeData>(&*item.green, &**green);
    let nearest = former.len().saturating_sub(LOOK_AHEAD);
    let found = former.iter().rposition(is_same);
    let found = found.or_else(|| (nearest..former.len()).rev().find(|&at| former[at].green == *green))?;
    Some(former.remove(found))
}

/// All tokens below, in their order.
fn tokens(green: &GreenNode) -> impl Iterator<Item = &GreenTokenData> {
    let mut pending: Vec<rowan::Children<'_>> = vec![green.children()];
    std::iter::from_fn(move || {
        loop {
            match pending.last_mut()?.next() {
                None => _ = pending.pop(),
                Some(NodeOrToken::Node(node)) => pending.push(node.children()),
                Some(NodeOrToken::Token(token)) => return Some(token),
            }
        }
    })
}

/// The hashes of all names, in order, each once.
fn names_in(green: &GreenNode) -> Box<[u64]> {
    let names = tokens(green).filter(|token| token.kind().0 == SyntaxKind::IDENT as u16);
    let mut found: Vec<u64> = names.map(|token| hash_of(token.text())).collect();
    found.sort_unstable();
    found.dedup();
    found.into()
}

/// The hashes of all addresses that names with dots between can refer to, in order, each once.
fn references(green: &GreenNode) -> Box<[u64]> {
    let mut found = Vec::new();
    let mut name: Vec<&str> = Vec::new();
    let mut is_open = false;
    for token in tokens(green) {
        let kind = token.kind().0;
        if kind == SyntaxKind::IDENT as u16 {
            if !is_open {
                found.extend(address_of(&name).as_ref().map(address_hash));
                name.clear();
            }
            name.push(token.text());
            is_open = false;
        } else if kind == SyntaxKind::DOT as u16 {
            is_open = true;
        } else if kind != SyntaxKind::WHITESPACE as u16 {
            found.extend(address_of(&name).as_ref().map(address_hash));
            name.clear();
            is_open = false;
        }
    }
    found.extend(address_of(&name).as_ref().map(address_hash));
    found.sort_unstable();
    found.dedup();
    found.into()
}

/// What names with dots between refer to.
fn address_of(names: &[&str]) -> Option<Address> {
    let (root, rest) = names.split_first()?;
    let first = (*rest.first()?).to_owned();
    Some(match *root {
        "var" => Address::Variable(first),
        "local" => Address::Local(first),
        "module" => Address::Module(first),
        root => match BlockKind::from_keyword(root) {
            Some(kind) => BlockAddress::new(kind, first, *rest.get(1)?).into(),
            None => BlockAddress::new(BlockKind::Resource, root, first).into(),
        },
    })
}

/// An item read anew is compared with so many former ones of its length.
const LOOK_AHEAD: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax;

    fn index(text: &str, former: &FileIndex) -> FileIndex {
        FileIndex::after(&syntax::parse(text).root(), former)
    }

    fn items(index: &FileIndex) -> impl Iterator<Item = &Item> {
        index.parts.iter().flat_map(|(_, part)| &part.items)
    }

    fn ids(index: &FileIndex) -> Vec<ItemId> {
        items(index).map(|item| item.id).collect()
    }

    const TEXT: &str = "locals {\n  a = 1\n  b = 2\n}\nvariable \"v\" {}\nvariable \"v\" {}\n";

    #[test]
    fn items_keep_their_ids_while_their_text_is_the_same() {
        let before = index(TEXT, &FileIndex::default());
        let after = index(&format!("# moved\n{}", TEXT.replace("a = 1", "a = 3")), &before);
        let (before, after) = (ids(&before), ids(&after));
        assert_eq!(before.len(), 4);
        assert!(!before.contains(&after[0]), "an edited item is another");
        assert_eq!(before[1..], after[1..]);
    }

    #[test]
    fn the_parts_in_which_a_name_stands_are_found_after_an_edit_too() {
        let text = "a = \"${b.output}\"\nc \"d\" {\n  e = output(f)\n}\ng = \"output\"\n";
        let before = index(text, &FileIndex::default());
        let starts = |index: &FileIndex, names: &[&str]| {
            index.naming(names).map(|range| usize::from(range.start())).collect::<Vec<_>>()
        };
        let at = |needle: &str| text.find(needle).unwrap();
        assert_eq!(starts(&before, &["output"]), [at("a = "), at("c \"d\"")]);
        assert_eq!(starts(&before, &["f", "x"]), [at("c \"d\"")]);
        let after = index(&format!("#\n{}", text.replace("f)", "x)")), &before);
        assert_eq!(starts(&after, &["f"]), [0; 0]);
        assert_eq!(starts(&after, &["b"]), [at("a = ") + 2]);
    }

    #[test]
    fn the_items_that_refer_to_an_address_are_found_and_kept_over_edits_elsewhere() {
        let text = "locals {\n  a = var.v.x\n  b = \"${ var . v }\"\n  c = var.w\n  d = { v = var }\n}\nresource \"x\" \"y\" {\n  a = [data.t.n.id, t.n[0], resource.u.n]\n}\n";
        let before = index(text, &FileIndex::default());
        let referring = |index: &FileIndex, address: &str| {
            let address = Address::parse(address).unwrap();
            index.referring(&address).map(|range| usize::from(range.start())).collect::<Vec<_>>()
        };
        let at = |needle: &str| text.find(needle).unwrap();
        assert_eq!(referring(&before, "var.v"), [at("a = var"), at("b = ")]);
        assert_eq!(referring(&before, "var.w"), [at("c = ")]);
        for address in ["data.t.n", "t.n", "u.n"] {
            assert_eq!(referring(&before, address), [at("resource")], "{address}");
        }
        assert_eq!(referring(&before, "t.id"), [0; 0]);
        let after = index(&format!("# moved\n{text}"), &before);
        assert_eq!(referring(&after, "var.w"), [at("c = ") + "# moved\n".len()]);
        assert!(
            items(&after).zip(items(&before)).all(|(one, two)| Arc::ptr_eq(&one.references, &two.references))
        );
    }

    #[test]
    fn an_item_is_found_by_the_places_in_it_and_found_again_after_an_edit_before_it() {
        let before = index(TEXT, &FileIndex::default());
        let offset = TextSize::try_from(TEXT.find("2").unwrap()).unwrap();
        let (id, start) = before.item_at(offset).unwrap();
        assert_eq!(usize::from(start), TEXT.find("b = 2").unwrap());
        assert!(before.item_at(TextSize::from(3)).is_none(), "the head of a `locals` block is in none");
        let after = index(&format!("\n{TEXT}"), &before);
        assert_eq!(after.item_range(id).unwrap().start(), start + TextSize::from(1));
    }
}
