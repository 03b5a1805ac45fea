//! What one file declares: resources, data sources, variables, locals, … with their addresses.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use rowan::GreenNode;

use super::address::{Address, BlockAddress, BlockKind};
use super::span::ItemId;
use crate::syntax::ast::{self, AstNode};
use crate::syntax::{SyntaxKind, SyntaxNode};
use crate::text::{TextRange, TextSize};

/// One declaration of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// `None` for an `import` block, which has no name.
    pub address: Option<Address>,
    /// The whole block, or the whole attribute of a local.
    pub range: TextRange,
    /// The name as written, without quotes.
    pub name_range: TextRange,
}

/// All declarations of one file, in its order, and its items.
#[derive(Debug, Default)]
pub struct FileIndex {
    declarations: Vec<Declaration>,
    by_address: HashMap<Address, Vec<u32>>,
    hashes: Vec<u64>,
    /// The last attribute at the top level of each name: what a file of variables assigns.
    assignments: HashMap<String, u32>,
    /// In the order of the file; none lies in another.
    items: Vec<Item>,
    by_id: HashMap<ItemId, u32>,
}

/// The same for equal addresses, in one run of the program.
pub(super) fn address_hash(address: &Address) -> u64 {
    let mut hasher = DefaultHasher::new();
    address.hash(&mut hasher);
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

impl FileIndex {
    /// Reads the top level of a file. Blocks without the labels they need are left out: they declare nothing.
    pub fn new(file: &ast::File) -> Self {
        Self::after(file, &Self::default())
    }

    /// The same for a file that was edited since `former` was made: items with the same text keep their ids, the
    /// first with the first and so on.
    pub fn after(file: &ast::File, former: &Self) -> Self {
        let mut index = Self::default();
        for item in file.body().items() {
            match &item {
                ast::Item::Block(block) => index.add_block(block),
                ast::Item::Attribute(attribute) => {
                    let at = index.add_item(attribute.syntax());
                    index.assignments.insert(attribute.name(), at);
                }
            }
        }
        index.name_items(former);
        index
    }

    /// In the order of the file.
    pub fn declarations(&self) -> &[Declaration] {
        &self.declarations
    }

    /// The hashes of all addresses declared here, each once: where one is missing, its address is not declared.
    pub(super) fn address_hashes(&self) -> impl Iterator<Item = u64> {
        self.hashes.iter().copied()
    }

    /// The declarations of an address in this file; more than one where it is declared twice.
    pub fn named(&self, address: &Address) -> impl Iterator<Item = &Declaration> {
        self.by_address.get(address).into_iter().flatten().map(|&at| &self.declarations[at as usize])
    }

    /// Where an item stands now; `None` when it is not in this version of the file.
    pub(crate) fn item_range(&self, id: ItemId) -> Option<TextRange> {
        self.by_id.get(&id).map(|&at| self.items[at as usize].range)
    }

    /// The item around an offset, and where it begins.
    pub(crate) fn item_at(&self, offset: TextSize) -> Option<(ItemId, TextSize)> {
        let behind = self.items.partition_point(|item| item.range.start() <= offset);
        let item = self.items[..behind].last()?;
        item.range.contains_inclusive(offset).then(|| (item.id, item.range.start()))
    }

    /// The items that may refer to an address; each surely has its words in this order.
    pub(super) fn referring(&self, address: &Address) -> impl Iterator<Item = TextRange> {
        let hash = address_hash(address);
        let refers = move |item: &&Item| {
            let references = item.references.get_or_init(|| references(&item.green));
            references.binary_search(&hash).is_ok()
        };
        self.items.iter().filter(refers).map(|item| item.range)
    }

    /// What the item at an offset declares.
    pub(crate) fn declared_at(&self, offset: TextSize) -> Option<&Declaration> {
        let behind = self.declarations.partition_point(|found| found.range.start() <= offset);
        self.declarations[..behind].last().filter(|found| found.range.contains_inclusive(offset))
    }

    /// Where a file of variables gives a variable its value: the whole attribute.
    pub(super) fn assignment(&self, variable: &str) -> Option<TextRange> {
        self.assignments.get(variable).map(|&at| self.items[at as usize].range)
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
        let at = self.declarations.len() as u32;
        if let Some(address) = &address {
            let declared = self.by_address.entry(address.clone()).or_default();
            if declared.is_empty() {
                self.hashes.push(address_hash(address));
            }
            declared.push(at);
        }
        self.declarations.push(Declaration { address, range, name_range });
    }

    fn add_item(&mut self, node: &SyntaxNode) -> u32 {
        let at = self.items.len() as u32;
        // The id comes when all items are there.
        let green = node.green().into_owned();
        let (range, references) = (node.text_range(), Arc::default());
        self.items.push(Item { id: ItemId(u32::MAX), range, green, references });
        at
    }

    fn name_items(&mut self, former: &Self) {
        // By the length of their text, so that texts are compared with few others.
        let mut free: HashMap<TextSize, Vec<&Item>> = HashMap::new();
        for item in former.items.iter().rev() {
            free.entry(item.range.len()).or_default().push(item);
        }
        for (at, item) in self.items.iter_mut().enumerate() {
            let kept = free.get_mut(&item.range.len()).and_then(|same| take(same, &item.green));
            match kept {
                Some(kept) => {
                    item.id = kept.id;
                    item.references = Arc::clone(&kept.references);
                }
                None => item.id = ItemId(NEXT_ITEM.fetch_add(1, Ordering::Relaxed)),
            }
            self.by_id.insert(item.id, at as u32);
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

/// The hashes of all addresses that names with dots between can refer to, in order, each once.
fn references(green: &GreenNode) -> Box<[u64]> {
    let mut found = Vec::new();
    let mut name: Vec<&str> = Vec::new();
    let mut is_open = false;
    let mut pending: Vec<rowan::Children<'_>> = vec![green.children()];
    while let Some(children) = pending.last_mut() {
        match children.next() {
            None => _ = pending.pop(),
            Some(rowan::NodeOrToken::Node(node)) => pending.push(node.children()),
            Some(rowan::NodeOrToken::Token(token)) => {
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

    fn ids(index: &FileIndex) -> Vec<ItemId> {
        index.items.iter().map(|item| item.id).collect()
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
            after
                .items
                .iter()
                .zip(&before.items)
                .all(|(one, two)| Arc::ptr_eq(&one.references, &two.references))
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
