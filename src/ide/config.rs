//! Settings: read from what an editor sends and from `.azapi-ls.toml`, the latter winning. A bad value is reported
//! and left out; the rest of the settings hold.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::Severity;
use super::diagnostics::codes;

/// Which features are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Profile {
    /// Beside another Terraform server: only what that one does not serve.
    #[default]
    Companion,
    /// Everything.
    Standalone,
}

/// What the settings make of a kind of diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SeveritySetting {
    /// Never reported.
    Off,
    /// Reported with this severity.
    As(Severity),
}

/// Where a diagnostic leads to for what its code means.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Pages {
    /// To a page in the user's cache folder, which the program writes.
    #[default]
    Written,
    /// Nowhere.
    Off,
    /// To the address that is this with the code behind it.
    At(String),
}

/// Where a setting's value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Origin {
    /// Nobody set it.
    #[default]
    Default,
    /// The editor.
    Editor,
    /// This `.azapi-ls.toml`.
    File(PathBuf),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::Editor => f.write_str("editor settings"),
            Self::File(path) => write!(f, "{}", path.display()),
        }
    }
}

impl Origin {
    /// What stands before the names of settings there.
    fn prefix(&self) -> &'static str {
        if *self == Self::Editor { "azapi." } else { "" }
    }
}

/// The settings that hold somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Which features are on.
    pub profile: Profile,
    /// A file of type data to use instead of the bundled one.
    pub data: Option<PathBuf>,
    /// Severities other than the default ones, by code.
    pub severities: BTreeMap<String, SeveritySetting>,
    /// Where diagnostics lead to.
    pub pages: Pages,
    /// Preview api-versions are proposed, too.
    pub completes_previews: bool,
    /// The user trusts the workspace. In one that nobody trusts, its own files name neither type data nor addresses.
    pub is_trusted: bool,
    /// Where each setting that is not left at its default comes from, by its name in `.azapi-ls.toml`, with dots.
    pub origins: BTreeMap<String, Origin>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            profile: Profile::default(),
            data: None,
            severities: BTreeMap::new(),
            pages: Pages::default(),
            completes_previews: true,
            is_trusted: true,
            origins: BTreeMap::new(),
        }
    }
}

/// A setting that cannot be used: where it is, what is wrong, what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigProblem {
    /// Where it is from: a file's path, or `editor settings`.
    pub origin: String,
    /// What is wrong and what to do, with the setting's name.
    pub message: String,
}

impl fmt::Display for ConfigProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.origin, self.message)
    }
}

/// The settings there are, for messages.
const SETTINGS: &str = "`profile`, `data`, `severities`, `diagnostics`, `completion`";
/// Settings of an editor's client part, which are none of ours.
const CLIENT_SETTINGS: [&str; 3] = ["server", "trace", "path"];

impl Config {
    /// Where the value of a setting comes from: `profile`, `data`, `diagnostics.pages`, `completion.preview`, `severities.CODE`.
    pub fn origin(&self, setting: &str) -> &Origin {
        self.origins.get(setting).unwrap_or(&Origin::Default)
    }

    /// What is wrong with the value of a setting, which holds here.
    pub fn problem(&self, setting: &str, message: impl fmt::Display) -> ConfigProblem {
        let origin = self.origin(setting);
        let message = format!("`{}{setting}`: {message}", origin.prefix());
        ConfigProblem { origin: origin.to_string(), message }
    }

    /// Takes in what an editor sent (`initializationOptions` or `didChangeConfiguration`): an object with an
    /// `azapi` member, with `azapi.…` keys, or with the bare names. `null` says nothing.
    pub(crate) fn apply_editor_settings(&mut self, settings: &Value) -> Vec<ConfigProblem> {
        let mut reader = Reader::new(Origin::Editor, self);
        match settings {
            Value::Null => {}
            Value::Object(object) => match object.get("azapi") {
                Some(Value::Object(own)) => reader.read(own, true),
                Some(Value::Null) => {}
                Some(other) => reader.problem(format!("`azapi` is {}; write an object", kind(other))),
                None => reader.read(&own_keys(object), false),
            },
            other => {
                reader.problem(format!("the settings are {}; write an object of {SETTINGS}", kind(other)));
            }
        }
        reader.problems
    }

    /// Takes in the text of a `.azapi-ls.toml`. Its path is for messages, and for other paths in it, which are
    /// relative to its folder.
    pub(crate) fn apply_toml(&mut self, text: &str, path: &Path) -> Vec<ConfigProblem> {
        let mut reader = Reader::new(Origin::File(path.to_path_buf()), self);
        reader.folder = path.parent().map(Path::to_path_buf);
        match toml::from_str::<Map<String, Value>>(text) {
            Ok(object) => reader.read(&object, true),
            Err(error) => {
                let line = error.span().map(|span| 1 + text[..span.start].matches('\n').count());
                let place = line.map(|line| format!("line {line}: ")).unwrap_or_default();
                reader.problem(format!("{place}{}; nothing of this file is used", error.message()));
            }
        }
        reader.problems
    }
}

/// The members named `azapi.…` without that, and those with a bare name of ours.
fn own_keys(object: &Map<String, Value>) -> Map<String, Value> {
    let own = object.iter().map(|(key, value)| (key.strip_prefix("azapi.").unwrap_or(key), value));
    own.map(|(key, value)| (key.to_owned(), value.clone())).collect()
}

/// The settings that are set: `null` is how an editor says that one is not.
fn set(settings: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    settings.iter().filter(|(_, value)| !value.is_null())
}

/// What a value is, in a reader's words.
fn kind(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) | Value::Number(_) => format!("`{value}`"),
        Value::String(text) => format!("\"{text}\""),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

fn is_start_of_address(text: &str) -> bool {
    let has_scheme = ["https://", "http://", "file:///"].iter().any(|scheme| text.starts_with(scheme));
    has_scheme && text.chars().all(|c| c.is_ascii_graphic())
}

struct Reader<'a> {
    origin: Origin,
    prefix: &'static str,
    /// What paths are relative to.
    folder: Option<PathBuf>,
    config: &'a mut Config,
    problems: Vec<ConfigProblem>,
}

impl<'a> Reader<'a> {
    fn new(origin: Origin, config: &'a mut Config) -> Self {
        Self { prefix: origin.prefix(), origin, folder: None, config, problems: Vec::new() }
    }

    /// The setting has its value from here.
    fn took(&mut self, setting: impl Into<String>) {
        self.config.origins.insert(setting.into(), self.origin.clone());
    }

    fn problem(&mut self, message: String) {
        self.problems.push(ConfigProblem { origin: self.origin.to_string(), message });
    }

    /// `ours_alone`: an unknown name is a mistake, as nobody else's settings can stand here.
    fn read(&mut self, settings: &Map<String, Value>, ours_alone: bool) {
        let is_editor = self.origin == Origin::Editor;
        for (key, value) in set(settings) {
            match key.as_str() {
                "profile" => self.profile(value),
                "data" => self.data(value),
                "severities" => self.severities(value),
                "diagnostics" => self.diagnostics(value),
                "diagnostics.pages" if is_editor => self.pages(value),
                "completion" => self.completion(value),
                "completion.preview" if is_editor => self.preview(value),
                "trusted" if is_editor => self.trusted(value),
                other if is_editor && other.starts_with("severities.") => {
                    self.severity(&other["severities.".len()..], value);
                }
                other if !ours_alone || CLIENT_SETTINGS.contains(&other) => {}
                other => {
                    let name = format!("{}{other}", self.prefix);
                    self.problem(format!("there is no setting `{name}`; the settings are {SETTINGS}"));
                }
            }
        }
    }

    fn bad_value(&mut self, name: &str, value: &Value, wanted: &str) {
        let name = format!("{}{name}", self.prefix);
        self.problem(format!("`{name}` is {}; write {wanted}", kind(value)));
    }

    fn profile(&mut self, value: &Value) {
        self.config.profile = match value.as_str() {
            Some("companion") => Profile::Companion,
            Some("standalone") => Profile::Standalone,
            _ => return self.bad_value("profile", value, "\"companion\" or \"standalone\""),
        };
        self.took("profile");
    }

    fn trusted(&mut self, value: &Value) {
        match value.as_bool() {
            Some(trusted) => self.config.is_trusted = trusted,
            None => self.bad_value("trusted", value, "true or false"),
        }
    }

    fn data(&mut self, value: &Value) {
        if !self.config.is_trusted && self.origin != Origin::Editor {
            return self.problem("`data`: not used, as the workspace is not trusted".to_owned());
        }
        match value {
            Value::String(path) if !path.is_empty() => {
                let path =
                    self.folder.as_ref().map_or_else(|| PathBuf::from(path), |folder| folder.join(path));
                self.config.data = Some(path);
                self.took("data");
            }
            _ => self.bad_value("data", value, "the path of a type data file, or leave it out"),
        }
    }

    fn completion(&mut self, value: &Value) {
        self.group("completion", value, "preview", Self::preview);
    }

    fn diagnostics(&mut self, value: &Value) {
        self.group("diagnostics", value, "pages", Self::pages);
    }

    /// A group that has one setting.
    fn group(&mut self, group: &str, value: &Value, only: &str, read: fn(&mut Self, &Value)) {
        let Value::Object(settings) = value else {
            return self.bad_value(group, value, &format!("an object with `{only}`"));
        };
        for (name, value) in set(settings) {
            match name == only {
                true => read(self, value),
                false => self.problem(format!(
                    "there is no setting `{}{group}.{name}`; there is `{only}`",
                    self.prefix
                )),
            }
        }
    }

    fn pages(&mut self, value: &Value) {
        self.config.pages = match value {
            Value::Bool(true) => Pages::Written,
            Value::Bool(false) => Pages::Off,
            Value::String(start) if is_start_of_address(start) => {
                if !self.config.is_trusted && self.origin != Origin::Editor {
                    let message = "`diagnostics.pages`: not used, as the workspace is not trusted";
                    return self.problem(message.to_owned());
                }
                Pages::At(start.clone())
            }
            _ => {
                let wanted = "true, false, or the address that a code is put behind, with `https:`, `http:` or `file:`";
                return self.bad_value("diagnostics.pages", value, wanted);
            }
        };
        self.took("diagnostics.pages");
    }

    fn preview(&mut self, value: &Value) {
        match value.as_bool() {
            Some(preview) => {
                self.config.completes_previews = preview;
                self.took("completion.preview");
            }
            None => self.bad_value("completion.preview", value, "true or false"),
        }
    }

    fn no_such_code(&mut self, code: &str) {
        let advice = match codes::nearest(code, 1).first() {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "a diagnostic shows its code".to_owned(),
        };
        self.problem(format!("`{}severities`: there is no code `{code}`; {advice}", self.prefix));
    }

    fn severities(&mut self, value: &Value) {
        let Value::Object(severities) = value else {
            return self.bad_value("severities", value, "an object of diagnostic codes and their severities");
        };
        for (code, value) in set(severities) {
            self.severity(code, value);
        }
    }

    fn severity(&mut self, code: &str, value: &Value) {
        if codes::find(code).is_none() {
            return self.no_such_code(code);
        }
        let setting = match value.as_str() {
            Some("off") => SeveritySetting::Off,
            Some("hint") => SeveritySetting::As(Severity::Hint),
            Some("information") => SeveritySetting::As(Severity::Information),
            Some("warning") => SeveritySetting::As(Severity::Warning),
            Some("error") => SeveritySetting::As(Severity::Error),
            _ => {
                let wanted = "\"error\", \"warning\", \"information\", \"hint\" or \"off\"";
                return self.bad_value(&format!("severities.{code}"), value, wanted);
            }
        };
        self.config.severities.insert(code.to_owned(), setting);
        self.took(format!("severities.{code}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use serde_json::json;

    fn check_editor(settings: &Value, problems: Expect) -> Config {
        let mut config = Config::default();
        let found = config.apply_editor_settings(settings);
        problems.assert_eq(&found.iter().map(|problem| format!("{problem}\n")).collect::<String>());
        config
    }

    fn check_toml(text: &str, problems: Expect) -> Config {
        let mut config = Config::default();
        let found = config.apply_toml(text, Path::new("/m/.azapi-ls.toml"));
        problems.assert_eq(&found.iter().map(|problem| format!("{problem}\n")).collect::<String>());
        config
    }

    #[test]
    fn an_editor_may_nest_dot_or_write_bare_names() {
        for settings in [
            json!({"azapi": {"profile": "standalone"}}),
            json!({"azapi.profile": "standalone"}),
            json!({"profile": "standalone"}),
        ] {
            assert_eq!(check_editor(&settings, expect![""]).profile, Profile::Standalone);
        }
    }

    #[test]
    fn severities_may_be_flat_keys_too() {
        for settings in [
            json!({"azapi": {"severities": {"syntax-error": "hint"}}}),
            json!({"azapi": {"severities.syntax-error": "hint"}}),
            json!({"azapi.severities": {"syntax-error": "hint"}}),
            json!({"azapi.severities.syntax-error": "hint"}),
        ] {
            let config = check_editor(&settings, expect![""]);
            assert_eq!(config.severities["syntax-error"], SeveritySetting::As(Severity::Hint), "{settings}");
        }
    }

    #[test]
    fn null_says_nothing() {
        for settings in [
            json!({"azapi": {"profile": null, "data": null, "severities": null, "completion": null}}),
            json!({"azapi": {"severities": {"syntax-error": null, "nope": null}, "completion": {"preview": null}}}),
            json!({"azapi.profile": null, "azapi.severities.syntax-error": null}),
        ] {
            assert_eq!(check_editor(&settings, expect![""]), Config::default(), "{settings}");
        }
        let mut config = check_toml("data = 'types.bundle'\n", expect![""]);
        config.apply_editor_settings(&json!({"azapi": {"data": null}}));
        assert!(config.data.is_some());
    }

    #[test]
    fn other_programs_settings_are_left_alone() {
        check_editor(&json!({"terraform": {"x": 1}}), expect![""]);
        check_editor(&json!({"azapi": {"trace": {"server": "off"}}}), expect![""]);
        check_editor(&Value::Null, expect![""]);
    }

    #[test]
    fn a_bad_value_is_told_and_the_others_hold() {
        let settings = json!({"azapi": {"data": 5, "profile": "standalone", "profil": 1, "severities": {"syntax-error": "x"}}});
        let config = check_editor(
            &settings,
            expect![[r#"
                editor settings: `azapi.data` is `5`; write the path of a type data file, or leave it out
                editor settings: there is no setting `azapi.profil`; the settings are `profile`, `data`, `severities`, `diagnostics`, `completion`
                editor settings: `azapi.severities.syntax-error` is "x"; write "error", "warning", "information", "hint" or "off"
            "#]],
        );
        assert_eq!(config.profile, Profile::Standalone);
    }

    #[test]
    fn settings_that_are_no_object_are_told() {
        check_editor(
            &json!(["x"]),
            expect![[r#"
                editor settings: the settings are a list; write an object of `profile`, `data`, `severities`, `diagnostics`, `completion`
            "#]],
        );
    }

    #[test]
    fn each_setting_knows_where_it_comes_from() {
        let mut config = Config::default();
        config.apply_editor_settings(
            &json!({"azapi": {"profile": "standalone", "data": "x", "severities": 1}}),
        );
        let path = Path::new("/m/.azapi-ls.toml");
        config.apply_toml("data = 'y'\ncompletion.preview = 0\nseverities.syntax-error = 'off'\n", path);
        assert_eq!(config.origin("profile"), &Origin::Editor);
        assert_eq!(config.origin("data"), &Origin::File(path.into()));
        assert_eq!(config.origin("severities.syntax-error"), &Origin::File(path.into()));
        assert_eq!(config.origin("completion.preview"), &Origin::Default);
        assert_eq!(config.problem("profile", "x").to_string(), "editor settings: `azapi.profile`: x");
        assert_eq!(config.problem("data", "x").to_string(), "/m/.azapi-ls.toml: `data`: x");
    }

    #[test]
    fn a_project_file_sets_severities() {
        let config = check_toml("[severities]\nsyntax-error = 'off'\n", expect![""]);
        assert_eq!(config.severities["syntax-error"], SeveritySetting::Off);
    }

    #[test]
    fn previews_are_proposed_unless_a_setting_says_otherwise() {
        assert!(Config::default().completes_previews);
        for settings in [
            json!({"azapi": {"completion": {"preview": false}}}),
            json!({"azapi.completion": {"preview": false}}),
            json!({"azapi.completion.preview": false}),
        ] {
            assert!(!check_editor(&settings, expect![""]).completes_previews, "{settings}");
        }
        let config = check_toml(
            "[completion]\npreview = 'no'\npreviews = false\n",
            expect![[r#"
            /m/.azapi-ls.toml: `completion.preview` is "no"; write true or false
            /m/.azapi-ls.toml: there is no setting `completion.previews`; there is `preview`
        "#]],
        );
        assert!(config.completes_previews);
        assert!(!check_toml("completion.preview = false\n", expect![""]).completes_previews);
    }

    #[test]
    fn diagnostics_lead_to_pages_that_a_setting_names() {
        for (value, expected) in [
            (json!(true), Pages::Written),
            (json!(false), Pages::Off),
            (json!(null), Pages::Written),
            (json!("https://docs.example/azapi#"), Pages::At("https://docs.example/azapi#".to_owned())),
        ] {
            for settings in [
                json!({"azapi": {"diagnostics": {"pages": value}}}),
                json!({"azapi.diagnostics": {"pages": value}}),
                json!({"azapi.diagnostics.pages": value}),
            ] {
                assert_eq!(check_editor(&settings, expect![""]).pages, expected, "{settings}");
            }
        }
        check_toml(
            "diagnostics.pages = 'docs'\n",
            expect![[r#"
                /m/.azapi-ls.toml: `diagnostics.pages` is "docs"; write true, false, or the address that a code is put behind, with `https:`, `http:` or `file:`
            "#]],
        );
        let mut config = Config::default();
        config.apply_editor_settings(&json!({"azapi": {"trusted": false}}));
        let address = "diagnostics.pages = 'https://docs.example/'\n";
        let found = config.apply_toml(address, Path::new("/m/.azapi-ls.toml"));
        assert_eq!((found.len(), &config.pages), (1, &Pages::Written), "{found:?}");
        assert_eq!(config.apply_toml("diagnostics.pages = false\n", Path::new("/m/.azapi-ls.toml")), []);
        assert_eq!(config.pages, Pages::Off);
    }

    #[test]
    fn a_project_file_names_no_data_in_a_workspace_that_is_not_trusted() {
        let named = |trusted: Value, problems: Expect| {
            let mut config = Config::default();
            assert_eq!(config.apply_editor_settings(&json!({"azapi": {"trusted": trusted}})), []);
            let text = "data = 'types.bundle'\nseverities.syntax-error = 'hint'\n";
            let found = config.apply_toml(text, Path::new("/m/.azapi-ls.toml"));
            problems.assert_eq(&found.iter().map(|problem| format!("{problem}\n")).collect::<String>());
            assert_eq!(config.severities.len(), 1, "the other settings hold");
            config.data.is_some()
        };
        let not_used = expect![[r#"
            /m/.azapi-ls.toml: `data`: not used, as the workspace is not trusted
        "#]];
        assert!(!named(json!(false), not_used));
        assert!(named(json!(true), expect![""]));
        assert!(named(json!(null), expect![""]));
        let mut config = Config::default();
        config.apply_editor_settings(&json!({"azapi": {"trusted": false, "data": "/m/types.bundle"}}));
        assert!(config.data.is_some(), "the editor's own settings name it");
        check_toml(
            "trusted = true\n",
            expect![[r#"
                /m/.azapi-ls.toml: there is no setting `trusted`; the settings are `profile`, `data`, `severities`, `diagnostics`, `completion`
            "#]],
        );
    }

    #[test]
    fn a_code_that_does_not_exist_is_told_with_the_nearest_one() {
        let config = check_toml(
            "[severities]\nmissing-parentid = 'off'\nqqqq = 'off'\nmissing-parent-id = 'hint'\n",
            expect![[r#"
                /m/.azapi-ls.toml: `severities`: there is no code `missing-parentid`; did you mean `missing-parent-id`?
                /m/.azapi-ls.toml: `severities`: there is no code `qqqq`; a diagnostic shows its code
            "#]],
        );
        assert_eq!(config.severities.len(), 1);
    }

    #[test]
    fn a_project_file_that_is_no_toml_is_told_with_its_line() {
        check_toml(
            "profile = 'standalone'\nprofile\n",
            expect![[r#"
                /m/.azapi-ls.toml: line 2: key with no value, expected `=`; nothing of this file is used
            "#]],
        );
    }

    #[test]
    fn a_project_file_names_data_beside_itself() {
        let config = check_toml("data = 'types.bundle'\n", expect![""]);
        assert_eq!(config.data.as_deref(), Some(Path::new("/m/types.bundle")));
    }
}
