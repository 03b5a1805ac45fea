//! Hover on the keys of bodies, over the configurations in the styles of published modules and the other modules
//! under `tests/data`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use azapi_ls::ide::{Analysis, Config, FileId, FilePos, Workspace};
use azapi_ls::syntax;
use azapi_ls::syntax::ast::{AstNode, Block, ObjectItem};
use azapi_ls::text::TextSize;

/// In hundredths: what must be answered of the keys that stand in bodies.
const ANSWERED: usize = 97;

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

fn texts(folder: &Path, found: &mut BTreeMap<PathBuf, String>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            texts(&path, found);
        } else if path.extension().is_some_and(|it| it == "tf") {
            let text = std::fs::read_to_string(&path).expect("a text in UTF-8");
            found.insert(path, text);
        }
    }
}

struct Modules {
    analysis: Analysis,
    files: BTreeMap<PathBuf, (FileId, String)>,
}

fn modules() -> Modules {
    let mut found = BTreeMap::new();
    texts(&data().join("styles"), &mut found);
    texts(&data().join("modules"), &mut found);
    let mut workspace = Workspace::new(Config::default());
    let files = found.into_iter().map(|(path, text)| {
        let file = workspace.open_file(&path, &text, 1);
        (path, (file, text))
    });
    let files = files.collect();
    Modules { analysis: workspace.analysis(), files }
}

impl Modules {
    fn hover(&self, file: FileId, offset: usize) -> Option<String> {
        let offset = TextSize::new(offset as u32);
        self.analysis.hover(FilePos { file, offset }).map(|hover| hover.markdown)
    }
}

/// The keys in the bodies of azapi's blocks: where each stands.
fn body_keys(text: &str) -> Vec<(usize, String)> {
    let root = syntax::parse(text).root();
    let blocks = root
        .body()
        .blocks()
        .filter(|block| block.labels().next().is_some_and(|label| label.text().starts_with("azapi_")));
    let bodies = blocks.flat_map(|block: Block| {
        let attributes = block.body().into_iter().flat_map(|body| body.attributes());
        attributes.filter(|it| matches!(it.name().as_str(), "body" | "sensitive_body")).collect::<Vec<_>>()
    });
    let items = bodies.flat_map(|body| body.syntax().descendants().filter_map(ObjectItem::cast));
    items
        .filter_map(|item| {
            let key = item.key()?;
            Some((usize::from(key.range().start()) + 1, key.text()?))
        })
        .collect()
}

#[test]
fn keys_of_bodies_are_answered_in_every_style() {
    let modules = modules();
    let (mut answered, mut missed) = (0, Vec::new());
    for (path, (file, text)) in &modules.files {
        for (offset, key) in body_keys(text) {
            match modules.hover(*file, offset) {
                Some(markdown) => {
                    answered += 1;
                    let title = markdown.split("**").nth(1).expect("a title");
                    let last = title.replace("\\", "");
                    assert!(last.ends_with(&key), "{}: {key} is called {title}", path.display());
                }
                None => missed.push(format!("{}: {key}", path.display())),
            }
        }
    }
    let all = answered + missed.len();
    assert!(all >= 350, "{all} keys");
    let share = answered * 100 / all;
    assert!(share >= ANSWERED, "{answered} of {all}; not answered:\n{}", missed.join("\n"));
}

/// Folder and file, what stands before the key, the key, and the first line of what is said.
type Named = (&'static str, &'static str, &'static str, &'static str);

#[track_caller]
fn check(named: &[Named]) {
    let modules = modules();
    let mut wrong = Vec::new();
    for (file, before, key, expected) in named {
        let path = data().join("styles").join(file);
        let (id, text) = modules.files.get(&path).unwrap_or_else(|| panic!("{file}"));
        let from = text.find(before).unwrap_or_else(|| panic!("{before} in {file}"));
        let at = from + text[from..].find(key).unwrap_or_else(|| panic!("{key} behind {before}")) + 1;
        let said = modules.hover(*id, at).unwrap_or_else(|| "nothing".to_owned());
        let titles: Vec<&str> = said.lines().filter(|line| line.starts_with("**")).collect();
        let said = if titles.is_empty() { said.clone() } else { titles.join(" and ") };
        if said != *expected {
            wrong.push(format!("{file}: {key}\n    says     {said}\n    expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn keys_in_locals_and_defaults_say_where_they_lead() {
    check(&[
        (
            "interfaces/locals.tf",
            "network_acls = var",
            "bypass ",
            "**properties.networkAcls.bypass** `\"AzureServices\" | \"None\" | string`",
        ),
        (
            "interfaces/locals.tf",
            "network_acls = var",
            "value =",
            "**properties.networkAcls.ipRules.\\*.value** `string`",
        ),
        (
            "interfaces/locals.tf",
            "vault_body",
            "enableSoftDelete",
            "**properties.enableSoftDelete** `boolean`",
        ),
        ("interfaces/locals.tf", "vault_body", "family", "**properties.sku.family** `\"A\" | string`"),
        (
            "interfaces/locals.tf",
            "endpoint_defaults",
            "groupIds",
            "**properties.privateLinkServiceConnections.0.properties.groupIds** `array of string`",
        ),
        (
            "interfaces/locals.tf",
            "diagnostic_settings = {",
            "categoryGroup",
            "**properties.logs.0.categoryGroup** `string`",
        ),
        (
            "filtered_merge/main.tf",
            "properties = {",
            "workloadProfileType",
            "**properties.workloadProfiles.0.workloadProfileType** `string`",
        ),
        (
            "filtered_merge/main.tf",
            "properties = {",
            "zoneRedundant",
            "**properties.zoneRedundant** `boolean`",
        ),
        (
            "filtered_merge/main.tf",
            "site = {",
            "ftpsState",
            "**properties.siteConfig.ftpsState** `\"AllAllowed\" | \"FtpsOnly\" | \"Disabled\" | string`",
        ),
        (
            "filtered_merge/main.tf",
            "site = {",
            "publicNetworkAccess",
            "**properties.publicNetworkAccess** `string`",
        ),
        (
            "for_each_objects/main.tf",
            "https = {",
            "destinationPortRange",
            "**properties.destinationPortRange** `string`",
        ),
        (
            "for_each_objects/main.tf",
            "anywhere = {",
            "sourcePortRange",
            "**properties.sourcePortRange** `string`",
        ),
        ("typed_variables/main.tf", "variable \"sku\"", "capacity", "**sku.capacity** `integer`"),
        (
            "typed_variables/main.tf",
            "variable \"properties\"",
            "azureADOnlyAuthentication",
            "**properties.administrators.azureADOnlyAuthentication** `boolean`",
        ),
        (
            "typed_variables/main.tf",
            "default = {\n    administrators",
            "login",
            "**properties.administrators.login** `string`",
        ),
        (
            "discriminated/main.tf",
            "retention = {",
            "dailySchedule",
            "**properties.retentionPolicy.dailySchedule** `object`",
        ),
        (
            "discriminated/main.tf",
            "retention = {",
            "durationType",
            "**properties.retentionPolicy.dailySchedule.retentionDuration.durationType** `\"Invalid\" | \"Days\" | \"Weeks\" | \"Months\" | \"Years\" | string`",
        ),
        (
            "discriminated/main.tf",
            "schedulePolicy = {",
            "scheduleRunTimes",
            "**properties.schedulePolicy.scheduleRunTimes** `array of string`",
        ),
        (
            "optional_blocks/main.tf",
            "encryption = var",
            "keyvaulturi",
            "**properties.encryption.keyvaultproperties.keyvaulturi** `string`",
        ),
        (
            "optional_blocks/main.tf",
            "for key, value in {",
            "principalType",
            "**properties.principalType** `\"User\" | \"Group\" | \"ServicePrincipal\" | 5 more`",
        ),
        ("instance_map/main.tf", "database = {", "throughput", "**properties.options.throughput** `integer`"),
        (
            "instance_map/main.tf",
            "for index, name",
            "failoverPriority",
            "**properties.locations.\\*.failoverPriority** `integer`",
        ),
        ("shared_local/main.tf", "plan_sku", "capacity", "**sku.capacity** `integer`"),
        (
            "shared_local/main.tf",
            "cors =",
            "supportCredentials",
            "**properties.siteConfig.cors.supportCredentials** `boolean`",
        ),
        (
            "shared_local/main.tf",
            "api_settings =",
            "value =",
            "**properties.siteConfig.appSettings.\\*.value** `string`",
        ),
        (
            "conditional_bodies/main.tf",
            "premium_properties = {",
            "defaultAction",
            "**properties.networkRuleSet.defaultAction** `\"Allow\" | \"Deny\" | string`",
        ),
        (
            "conditional_bodies/main.tf",
            "sku = var.premium",
            "name",
            "**sku.name** `\"Classic\" | \"Basic\" | \"Standard\" | \"Premium\" | string`",
        ),
        (
            "conditional_bodies/main.tf",
            "containers = [\n",
            "memoryInGB",
            "**properties.containers.0.properties.resources.requests.memoryInGB** `integer`",
        ),
        ("conditional_bodies/main.tf", "} : {", "subnetIds", "**properties.subnetIds** `array of object`"),
        ("two_versions/main.tf", "\"webhook\"", "serviceUri", "**properties.serviceUri** `string`"),
        (
            "two_versions/main.tf",
            "\"cluster\"",
            "idleTimeoutInMinutes",
            "**properties.idleTimeoutInMinutes** `integer`",
        ),
        (
            "nested_loops/main.tf",
            "subnets = {\n    for",
            "serviceName",
            "**properties.subnets.0.properties.delegations.0.properties.serviceName** `string`",
        ),
        (
            "nested_loops/main.tf",
            "routes = flatten",
            "nextHopType",
            "**properties.routes.\\*.properties.nextHopType** `\"VirtualNetworkGateway\" | \"VnetLocal\" | \"Internet\" | \"VirtualAppliance\" | \"None\" | string`",
        ),
        ("slots/main.tf", "siteConfig = merge", "alwaysOn", "**properties.siteConfig.alwaysOn** `boolean`"),
        (
            "resource_types/main.tf",
            "lock",
            "level",
            "**properties.level** `\"NotSpecified\" | \"CanNotDelete\" | \"ReadOnly\" | string`",
        ),
        (
            "body_in_locals/locals.tf",
            "service_endpoints = [",
            "service ",
            "**properties.subnets.\\*.properties.serviceEndpoints.0.service** `string`",
        ),
        (
            "update_resource/main.tf",
            "offices = [",
            "ipAddress",
            "**properties.siteConfig.ipSecurityRestrictions.0.ipAddress** `string`",
        ),
        (
            "secrets/main.tf",
            "sensitive_body",
            "administratorLoginPassword",
            "**properties.administratorLoginPassword** `string`",
        ),
    ]);
}

#[test]
fn keys_that_lead_to_no_body_are_not_answered() {
    check(&[
        ("for_each_objects/main.tf", "hub   = {", "registration", "nothing"),
        ("for_each_objects/main.tf", "security_rules = {", "https", "nothing"),
        ("typed_variables/main.tf", "default = { orders", "orders", "nothing"),
        ("two_versions/main.tf", "types = {", "webhook", "nothing"),
        ("nested_loops/main.tf", "default = {", "cidr", "nothing"),
        ("interfaces/variables.tf", "variable \"network_acls\"", "bypass", "nothing"),
    ]);
}
