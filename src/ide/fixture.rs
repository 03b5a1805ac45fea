//! Test texts: several files under `#- NAME` headers (without one: `main.tf`; with a path: in another folder), a cursor
//! `$0`, the toy type data.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use super::{
    Analysis, CompletionItem, Config, Data, Diagnostic, FileId, FilePos, Installed, Profile, Settings,
    SourceChange, Workspace,
};
use crate::schema::{Schema, toy};
use crate::terraform::FileKind;
use crate::terraform::side_files::SideFiles;
use crate::text::{TextRange, TextSize, apply_edits};

static TOY: LazyLock<Arc<Schema>> = LazyLock::new(|| Arc::new(toy::open(&toy::facts())));

const CURSOR: &str = "$0";
const FOLDER: &str = "/module";

pub(crate) struct Fixture {
    pub(super) workspace: Workspace,
    files: Vec<(FileId, String, String)>,
    /// The file with the cursor; without one, the first.
    pub(crate) file: FileId,
    /// Where the cursor was; 0 without one.
    pub(super) offset: TextSize,
    data: Data,
}

impl Fixture {
    /// Against the toy types.
    pub(crate) fn new(text: &str) -> Self {
        Self::with_schema(text, Some(Arc::clone(&TOY)))
    }

    /// Against the toy types, where no other Terraform server runs.
    pub(super) fn alone(text: &str) -> Self {
        let mut fixture = Self::new(text);
        fixture.set_config(Config { profile: Profile::Standalone, ..Config::default() });
        fixture
    }

    /// Against the shipped types.
    pub(super) fn shipped(text: &str) -> Self {
        Self::with_schema(text, None)
    }

    /// Against types of its own, or the shipped ones.
    pub(super) fn with_schema(text: &str, schema: Option<Arc<Schema>>) -> Self {
        let mut workspace = Workspace::new(Config::default());
        let data = match schema {
            None => Data::Bundled,
            Some(schema) => Data::Setting { path: PathBuf::from("/toy"), schema },
        };
        workspace.set_settings(Settings { config: Config::default(), data: data.clone() });
        let mut files = Vec::new();
        let mut cursor = None;
        for (name, mut content) in split(text) {
            let at = content.find(CURSOR);
            if at.is_some() {
                content = content.replacen(CURSOR, "", 1);
            }
            let path = Path::new(FOLDER).join(&name);
            let file = match FileKind::of(&path) {
                Some(_) => workspace.open_file(&path, &content, 1),
                None => FileId(u32::MAX),
            };
            cursor = at.map(|at| (file, TextSize::new(at as u32))).or(cursor);
            files.push((file, name, content));
        }
        let beside: BTreeMap<String, Option<Arc<str>>> = files
            .iter()
            .filter(|(_, name, _)| FileKind::of(Path::new(name)).is_none())
            .map(|(_, name, text)| (name.clone(), Some(text.as_str().into())))
            .collect();
        workspace.set_surroundings(
            Path::new(FOLDER),
            SideFiles::new(beside, Vec::new()),
            Installed::default(),
        );
        let (file, offset) = cursor.unwrap_or((files[0].0, TextSize::new(0)));
        Self { workspace, files, file, offset, data }
    }

    /// Other files beside the configuration.
    pub(super) fn set_files_beside(&mut self, texts: BTreeMap<String, Option<Arc<str>>>) {
        let files = SideFiles::new(texts, Vec::new());
        self.workspace.set_surroundings(Path::new(FOLDER), files, Installed::default());
    }

    /// Other settings on the same types.
    pub(super) fn set_config(&mut self, config: Config) {
        self.workspace.set_settings(Settings { config, data: self.data.clone() });
    }

    pub(crate) fn analysis(&self) -> Analysis {
        self.workspace.analysis()
    }

    /// What is asked of each file of configuration, drawn.
    pub(super) fn of_all_files(&self, ask: impl Fn(&Analysis, FileId) -> Vec<Diagnostic>) -> Vec<String> {
        let analysis = self.analysis();
        let files = self.files.iter().filter(|(file, ..)| analysis.source(*file).is_some());
        files
            .map(|(file, name, _)| (name, self.draw(&ask(&analysis, *file))))
            .filter(|(_, drawn)| !drawn.is_empty())
            .map(|(name, drawn)| format!("{name}\n{drawn}"))
            .collect()
    }

    pub(super) fn at(&self) -> FilePos {
        FilePos { file: self.file, offset: self.offset }
    }

    pub(super) fn text(&self, file: FileId) -> &str {
        &self.files.iter().find(|(id, ..)| *id == file).expect("a file of the fixture").2
    }

    fn name(&self, file: FileId) -> &str {
        &self.files.iter().find(|(id, ..)| *id == file).expect("a file of the fixture").1
    }

    /// The source under a range.
    pub(super) fn source(&self, range: TextRange) -> &str {
        &self.text(self.file)[range]
    }

    /// Each diagnostic, drawn under its line.
    pub(super) fn draw(&self, diagnostics: &[Diagnostic]) -> String {
        diagnostics.iter().map(|one| self.draw_one(one)).collect()
    }

    fn draw_one(&self, diagnostic: &Diagnostic) -> String {
        let mut drawn = self.underlined(diagnostic.file, diagnostic.range);
        let Diagnostic { severity, code, message, related, .. } = diagnostic;
        drawn.push_str(&format!(" {severity:?} {code}\n{message}\n"));
        for related in related {
            let line = self.underlined(related.file, related.range);
            drawn.push_str(&format!("{} {}\n{line} {}\n", "--", self.name(related.file), related.message));
        }
        drawn
    }

    fn underlined(&self, file: FileId, range: TextRange) -> String {
        let text = self.text(file);
        let start = usize::from(range.start());
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line = text[line_start..].lines().next().unwrap_or_default();
        let before = text[line_start..start].chars().count();
        let length = text[range].lines().next().unwrap_or_default().chars().count().max(1);
        format!("| {line}\n| {}{}", " ".repeat(before), "^".repeat(length))
    }

    /// The file with the cursor once a proposal for it is taken.
    pub(super) fn accepted(&self, item: &CompletionItem) -> String {
        apply_edits(self.text(self.file), std::slice::from_ref(&item.edit)).expect("an edit that fits")
    }

    /// The files that a change leaves changed or new, under their names.
    pub(super) fn changed(&self, change: &SourceChange) -> String {
        let edited = change.edits.iter().map(|(file, edits)| {
            let text = apply_edits(self.text(*file), edits).expect("edits fit their text");
            format!("#- {}\n{text}", self.name(*file))
        });
        let new = change.new_files.iter().map(|(path, text)| {
            let name = path.file_name().map(PathBuf::from).unwrap_or_default();
            format!("#- {} (new)\n{text}", name.display())
        });
        edited.chain(new).collect()
    }
}

fn split(text: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("#- ") {
            Some(name) => files.push((name.trim().to_owned(), String::new())),
            None => {
                if files.is_empty() {
                    files.push(("main.tf".to_owned(), String::new()));
                }
                if let Some((_, content)) = files.last_mut() {
                    content.push_str(line);
                }
            }
        }
    }
    files
}
