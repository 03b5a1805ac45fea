//! A folder's files seen as one module: what is declared where.

use std::cell::OnceCell;
use std::sync::Arc;

use super::address::Address;
use super::declaration::{Declaration, FileIndex, address_hash};
use super::file::FileId;
use super::side_files::SideFiles;
use super::span::{ItemId, Span};
use crate::syntax;
use crate::syntax::ast::{self, AstNode};
use crate::text::{TextRange, TextSize};

/// Something of the syntax tree, with the file it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// Its file.
    pub file: FileId,
    /// What stands there.
    pub node: T,
}

impl<T> Located<T> {
    /// Pairs `node` with its file.
    pub fn new(file: FileId, node: T) -> Self {
        Self { file, node }
    }

    /// Another thing of the same file.
    pub fn with<U>(&self, node: U) -> Located<U> {
        Located { file: self.file, node }
    }
}

/// One file of a module: its tree and what it declares.
#[derive(Debug)]
pub struct ModuleFile {
    id: FileId,
    parse: syntax::Parse,
    index: Arc<FileIndex>,
    root: OnceCell<ast::File>,
    /// For a file of overrides, which of them it is in the order in which they count.
    overrides: Option<usize>,
}

impl ModuleFile {
    /// `index` must have been made from `parse`.
    pub fn new(id: FileId, parse: syntax::Parse, index: Arc<FileIndex>) -> Self {
        Self { id, parse, index, root: OnceCell::new(), overrides: None }
    }

    /// The same, whose blocks change those of other files. Of several such files the one with the greatest `rank` is
    /// read last, and counts.
    pub(crate) fn overriding(mut self, rank: usize) -> Self {
        self.overrides = Some(rank);
        self
    }

    /// Whether its blocks change those of other files.
    pub(crate) fn is_override(&self) -> bool {
        self.overrides.is_some()
    }

    /// Which file this is.
    pub fn id(&self) -> FileId {
        self.id
    }

    /// What it declares.
    pub fn index(&self) -> &FileIndex {
        &self.index
    }

    pub(super) fn text_len(&self) -> TextSize {
        self.parse.green().text_len()
    }

    /// Its tree; built on first use.
    pub fn root(&self) -> &ast::File {
        self.root.get_or_init(|| self.parse.root())
    }
}

/// The files of one folder, in the order of their ids. Lives for one request: it holds trees, which stay on
/// their thread.
#[derive(Debug, Default)]
pub struct Module {
    files: Vec<ModuleFile>,
    /// Hashes of addresses, sorted, each with the place in `files` of one that declares it. Made on first use, so
    /// that a reference costs no look at every file.
    declared: OnceCell<Vec<(u64, u32)>>,
    variable_files: Vec<ModuleFile>,
    side_files: Arc<SideFiles>,
    is_called: bool,
    has_overrides: bool,
}

impl Module {
    /// `files` must be of one folder.
    pub fn new(mut files: Vec<ModuleFile>) -> Self {
        files.sort_by_key(ModuleFile::id);
        let has_overrides = files.iter().any(ModuleFile::is_override);
        Self { files, has_overrides, ..Self::default() }
    }

    /// The same with the files that give variables their values where this is the root module
    /// (`terraform.tfvars`, `*.auto.tfvars`); of two that give the same one the later counts.
    pub fn with_variable_files(mut self, files: Vec<ModuleFile>) -> Self {
        self.variable_files = files;
        self
    }

    /// The same with the other files of its folder.
    pub(crate) fn with_side_files(mut self, files: Arc<SideFiles>) -> Self {
        self.side_files = files;
        self
    }

    /// The same, known to be called by another module: where it is evaluated by itself, it is not the root of a run.
    pub(crate) fn called(mut self) -> Self {
        self.is_called = true;
        self
    }

    pub(super) fn side_files(&self) -> &SideFiles {
        &self.side_files
    }

    /// Whether another module calls it.
    pub(super) fn is_called(&self) -> bool {
        self.is_called
    }

    /// Where a span stands now; `None` when its file is not of this module, or its item is there no more.
    pub(crate) fn locate(&self, span: Span) -> Option<(FileId, TextRange)> {
        let item = self.any_file(span.file)?.index.item_range(span.item)?;
        Some((span.file, span.range + item.start()))
    }

    /// The span of a range of a file; `None` where it lies in no item.
    pub(crate) fn span(&self, file: FileId, range: TextRange) -> Option<Span> {
        let (item, start) = self.any_file(file)?.index.item_at(range.start())?;
        Some(Span { file, item, range: range - start })
    }

    /// One of either kind.
    pub(crate) fn any_file(&self, id: FileId) -> Option<&ModuleFile> {
        self.file(id).or_else(|| self.variable_files.iter().find(|file| file.id == id))
    }

    /// The item of that attribute.
    pub(super) fn assigned_item(&self, variable: &str) -> Option<ItemId> {
        let files = self.variable_files.iter().rev();
        let mut found = files.filter_map(|file| file.index.item_at(file.index.assignment(variable)?.start()));
        found.next().map(|(id, _)| id)
    }

    /// The value that the files of variables give a variable.
    pub(super) fn assignment(&self, variable: &str) -> Option<Located<ast::Attribute>> {
        self.variable_files.iter().rev().find_map(|file| {
            let range = file.index.assignment(variable)?;
            Some(Located::new(file.id, node_of_range(file, range)?))
        })
    }

    /// In the order of their ids.
    pub fn files(&self) -> &[ModuleFile] {
        &self.files
    }

    /// `None` for a file of another folder.
    pub fn file(&self, id: FileId) -> Option<&ModuleFile> {
        self.files.binary_search_by_key(&id, ModuleFile::id).ok().map(|at| &self.files[at])
    }

    /// Every declaration of an address, over all files.
    pub fn declarations<'m>(
        &'m self,
        address: &'m Address,
    ) -> impl Iterator<Item = (&'m ModuleFile, Declaration<'m>)> {
        self.declarations_of_hash(address_hash(address), address)
    }

    /// The same with the hash of the address.
    pub(super) fn declarations_of_hash<'m>(
        &'m self,
        hash: u64,
        address: &'m Address,
    ) -> impl Iterator<Item = (&'m ModuleFile, Declaration<'m>)> {
        self.files_with(hash)
            .flat_map(move |file| file.index.hashed(hash, address).map(move |found| (file, found)))
    }

    /// The files that may declare an address of this hash, in their order.
    fn files_with(&self, hash: u64) -> impl Iterator<Item = &ModuleFile> {
        let declared = self.declared.get_or_init(|| {
            let files = self.files.iter().zip(0..);
            let mut all: Vec<(u64, u32)> = files
                .flat_map(|(file, at)| file.index.address_hashes().map(move |hash| (hash, at)))
                .collect();
            all.sort_unstable();
            all
        });
        let first = declared.partition_point(|(other, _)| *other < hash);
        let same = declared[first..].iter().take_while(move |(other, _)| *other == hash);
        same.map(|(_, at)| &self.files[*at as usize])
    }

    /// The one declaration of an address: of a local the one that counts, of a block the one that others may override
    /// in part ([`Module::parts`]). `None` when there is none, and for duplicates.
    pub fn declaration<'m>(&'m self, address: &'m Address) -> Option<(&'m ModuleFile, Declaration<'m>)> {
        if self.has_overrides {
            return self.counting_declaration(address);
        }
        let mut found = self.declarations(address);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// The same where there are overrides.
    #[inline(never)]
    fn counting_declaration<'m>(&'m self, address: &'m Address) -> Option<(&'m ModuleFile, Declaration<'m>)> {
        let overriding = self.overriding(address);
        if let (Address::Local(_), Some(last)) = (address, overriding.last()) {
            return Some(*last);
        }
        let mut own = self.declarations(address).filter(|(file, _)| !file.is_override());
        match (own.next(), own.next(), overriding.as_slice()) {
            (Some(own), None, _) => Some(own),
            (None, _, [only]) => Some(*only),
            _ => None,
        }
    }

    /// What files of overrides say of an address, in the order in which they count.
    fn overriding<'m>(&'m self, address: &'m Address) -> Vec<(&'m ModuleFile, Declaration<'m>)> {
        let mut found: Vec<_> =
            self.declarations(address).filter(|(file, _)| file.overrides.is_some()).collect();
        found.sort_by_key(|(file, found)| (file.overrides, found.range.start()));
        found
    }

    /// The parts that Terraform makes one block of, in the order in which they count: the block and those of files of
    /// overrides. The block alone where nothing overrides it, and where that cannot be told.
    pub(crate) fn parts(&self, block: &Located<ast::Block>) -> Vec<Located<ast::Block>> {
        self.other_parts(block).unwrap_or_else(|| vec![block.clone()])
    }

    #[inline(never)]
    fn other_parts(&self, block: &Located<ast::Block>) -> Option<Vec<Located<ast::Block>>> {
        if !self.has_overrides {
            return None;
        }
        let declared = self.file(block.file)?.index().declared_at(block.node.range().start())?;
        let address = declared.address?;
        let located = |(file, found): &(&ModuleFile, Declaration<'_>)| {
            Some(Located::new(file.id, block_at(file, *found)?))
        };
        // A provider is configured once for each alias.
        let alias = |block: &Located<ast::Block>| match address {
            Address::Provider(_) => {
                let alias = block.node.body()?.attribute("alias")?.value()?;
                Some(alias.literal_string().unwrap_or_else(|| alias.syntax().text().to_string()))
            }
            _ => None,
        };
        let is_same = |other: &Located<ast::Block>| alias(other) == alias(block);
        let own = self.declarations(address).filter(|(file, _)| !file.is_override());
        let mut own = own.filter_map(|found| located(&found)).filter(is_same);
        let (Some(own), None) = (own.next(), own.next()) else { return None };
        let overriding = self.overriding(address);
        let overriding = overriding.iter().filter_map(located).filter(is_same);
        Some(std::iter::once(own).chain(overriding).collect())
    }

    /// An argument of a block as it counts: that of the last part that has it.
    #[inline(never)]
    pub(crate) fn argument(
        &self,
        block: &Located<ast::Block>,
        name: &str,
    ) -> Option<Located<ast::Attribute>> {
        let in_part = |part: &Located<ast::Block>| Some(part.with(part.node.body()?.attribute(name)?));
        match self.other_parts(block) {
            None => in_part(block),
            Some(parts) => parts.iter().rev().find_map(in_part),
        }
    }

    /// The value of an argument of a block as it counts; `None` when it is not written, or has no value yet.
    pub(crate) fn value(&self, block: &Located<ast::Block>, name: &str) -> Option<Located<ast::Expression>> {
        let argument = self.argument(block, name)?;
        Some(argument.with(argument.node.value()?))
    }

    /// Whether one of its files is one of overrides.
    pub(super) fn has_overrides(&self) -> bool {
        self.has_overrides
    }

    /// The block an address names; `None` as for [`Module::declaration`], and for locals.
    pub fn block(&self, address: &Address) -> Option<Located<ast::Block>> {
        let (file, declaration) = self.declaration(address)?;
        Some(Located::new(file.id, block_at(file, declaration)?))
    }

    /// The value of a local.
    pub fn local(&self, name: &str) -> Option<Located<ast::Expression>> {
        let address = Address::Local(name.to_owned());
        let (file, declaration) = self.declaration(&address)?;
        let attribute = node_at::<ast::Attribute>(file, declaration)?;
        Some(Located::new(file.id, attribute.value()?))
    }

    /// The default of a variable; `None` when it has none.
    pub fn variable_default(&self, name: &str) -> Option<Located<ast::Expression>> {
        let block = self.block(&Address::Variable(name.to_owned()))?;
        self.value(&block, "default")
    }

    /// The items that may refer to an address, over all files: top-level blocks, and attributes of `locals` blocks.
    pub(crate) fn referring(&self, address: &Address) -> impl Iterator<Item = (FileId, TextRange)> {
        self.files
            .iter()
            .flat_map(move |file| file.index.referring(address).map(move |range| (file.id, range)))
    }

    /// The names of all outputs, in the order of files and places; one that is declared again comes again.
    pub(crate) fn outputs(&self) -> impl Iterator<Item = &str> {
        let declared = self.files.iter().flat_map(|file| file.index.declarations());
        declared.filter_map(|declaration| match declaration.address {
            Some(Address::Output(name)) => Some(name.as_str()),
            _ => None,
        })
    }

    /// A node by its range, such as that of an item or a declaration.
    pub(crate) fn node<N: AstNode>(&self, file: FileId, range: TextRange) -> Option<Located<N>> {
        Some(Located::new(file, node_of_range(self.file(file)?, range)?))
    }

    /// Every block of a provider's type, in the order of files and places; without parts that override others.
    pub fn provider_blocks(&self) -> impl Iterator<Item = (Located<ast::Block>, Declaration<'_>)> {
        self.files.iter().filter(|file| !file.is_override()).flat_map(|file| {
            file.index
                .declarations()
                .filter(|found| matches!(found.address, Some(Address::Block(_))))
                .filter_map(move |found| Some((Located::new(file.id, block_at(file, found)?), found)))
        })
    }
}

fn block_at(file: &ModuleFile, declaration: Declaration<'_>) -> Option<ast::Block> {
    node_at::<ast::Block>(file, declaration)
}

fn node_at<N: AstNode>(file: &ModuleFile, declaration: Declaration<'_>) -> Option<N> {
    node_of_range(file, declaration.range)
}

fn node_of_range<N: AstNode>(file: &ModuleFile, range: TextRange) -> Option<N> {
    let mut at = file.root().syntax().clone();
    loop {
        if at.text_range() == range
            && let Some(found) = N::cast(at.clone())
        {
            return Some(found);
        }
        at = at.child_or_token_at_range(range)?.into_node()?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(texts: &[&str]) -> Module {
        let file = |(text, id): (&&str, u32)| {
            let parse = syntax::parse(text);
            let index = Arc::new(FileIndex::new(&parse.root()));
            ModuleFile::new(FileId(id), parse, index)
        };
        Module::new(texts.iter().zip(0..).map(file).collect())
    }

    /// The files that declare an address, one for each declaration.
    fn files(module: &Module, address: &str) -> Vec<u32> {
        let address = Address::parse(address).unwrap();
        module.declarations(&address).map(|(file, _)| file.id().0).collect()
    }

    #[test]
    fn declarations_are_found_over_all_files_in_their_order() {
        let module = module(&[
            "variable \"a\" {}\n",
            "locals {\n  a = 1\n}\nvariable \"b\" {}\n",
            "variable \"a\" {}\nvariable \"a\" {}\n",
        ]);
        assert_eq!(files(&module, "var.a"), [0, 2, 2]);
        assert_eq!(files(&module, "var.b"), [1]);
        assert_eq!(files(&module, "local.a"), [1]);
        assert_eq!(files(&module, "azapi_resource.a"), [0; 0]);
        assert!(module.declaration(&Address::Variable("a".to_owned())).is_none());
        assert!(module.declaration(&Address::Variable("b".to_owned())).is_some());
    }

    /// The first text is that of a file of its own, the others are of files of overrides.
    fn overridden(texts: &[&str]) -> Module {
        let files = module(texts).files;
        let rank = |(at, file): (usize, ModuleFile)| if at == 0 { file } else { file.overriding(at) };
        Module::new(files.into_iter().enumerate().map(rank).collect())
    }

    #[test]
    fn the_last_override_counts_argument_by_argument() {
        let module = overridden(&[
            "locals {\n  a = 1\n}\nvariable \"v\" {\n  type = string\n  default = 1\n}\n",
            "locals {\n  a = 2\n}\nvariable \"v\" {\n  default = 2\n}\n",
            "variable \"v\" {\n  default = 3\n  nullable = false\n}\n",
        ]);
        assert_eq!(module.local("a").unwrap().node.syntax().text(), "2");
        let block = module.block(&Address::Variable("v".to_owned())).unwrap();
        assert_eq!(block.file, FileId(0));
        let parts = module.parts(&block);
        assert_eq!(parts.iter().map(|part| part.file.0).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(module.parts(&parts[2]), parts, "each part is one of the whole");
        let argument = |name| module.argument(&block, name).map(|found| (found.file.0, found.node.value()));
        for (name, file, text) in [("type", 0, "string"), ("default", 2, "3"), ("nullable", 2, "false")] {
            let (found, value) = argument(name).unwrap();
            assert_eq!((found, value.unwrap().syntax().text().to_string().as_str()), (file, text), "{name}");
        }
        assert!(argument("description").is_none());
    }

    #[test]
    fn what_overrides_a_duplicate_or_nothing_is_no_part() {
        let variable = "variable \"v\" {}\n";
        let module = overridden(&[&format!("{variable}{variable}"), variable]);
        assert!(module.block(&Address::Variable("v".to_owned())).is_none());
        let module = overridden(&["", variable]);
        let block = module.block(&Address::Variable("v".to_owned())).unwrap();
        assert_eq!(module.parts(&block), [block]);
    }

    #[test]
    fn a_provider_is_overridden_by_its_alias() {
        let module = overridden(&[
            "provider \"azapi\" {}\nprovider \"azapi\" {\n  alias = \"b\"\n}\n",
            "provider \"azapi\" {\n  alias = \"b\"\n  x = 1\n}\n",
        ]);
        let blocks = module.files()[0].root().body().blocks().map(|block| Located::new(FileId(0), block));
        let counts: Vec<usize> = blocks.map(|block| module.parts(&block).len()).collect();
        assert_eq!(counts, [1, 2]);
    }

    #[test]
    fn a_reference_costs_no_look_at_every_file() {
        let texts: Vec<String> = (0..400).map(|at| format!("variable \"v{at}\" {{}}\n")).collect();
        let module = module(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        for at in 0..400 {
            let address = Address::Variable(format!("v{at}"));
            assert_eq!(
                module.files_with(address_hash(&address)).count(),
                1,
                "files that {address:?} is looked for in"
            );
            assert!(module.declaration(&address).is_some());
        }
    }
}
