//! Outlines as the protocol has them: trees, or lists for clients that know no trees.

use ropey::Rope;
use tower_lsp::lsp_types as lsp;

use super::range;
use crate::ide::{Symbol, SymbolKind};
use crate::server::session::Snapshot;

/// Levels of an outline that a client is given. Each is two of JSON, of which many clients read no more than 128.
const MOST_LEVELS: usize = 50;

pub(in crate::server) fn outline(
    snapshot: &Snapshot,
    rope: &Rope,
    uri: &lsp::Url,
    symbols: Vec<Symbol>,
) -> lsp::DocumentSymbolResponse {
    if snapshot.can.nested_symbols {
        return lsp::DocumentSymbolResponse::Nested(nested(snapshot, rope, symbols, MOST_LEVELS));
    }
    let mut list = Vec::new();
    flat(snapshot, rope, uri, &symbols, None, &mut list);
    lsp::DocumentSymbolResponse::Flat(list)
}

#[expect(deprecated, reason = "the types have no other way to leave the field out")]
fn nested(snapshot: &Snapshot, rope: &Rope, symbols: Vec<Symbol>, levels: usize) -> Vec<lsp::DocumentSymbol> {
    let encoding = snapshot.can.encoding;
    symbols
        .into_iter()
        .map(|symbol| lsp::DocumentSymbol {
            name: symbol.name,
            detail: symbol.detail,
            kind: kind(symbol.kind),
            tags: None,
            deprecated: None,
            range: range(rope, symbol.range, encoding),
            selection_range: range(rope, symbol.name_range, encoding),
            children: (levels > 1 && !symbol.children.is_empty())
                .then(|| nested(snapshot, rope, symbol.children, levels - 1)),
        })
        .collect()
}

#[expect(deprecated, reason = "the types have no other way to leave the field out")]
fn flat(
    snapshot: &Snapshot,
    rope: &Rope,
    uri: &lsp::Url,
    symbols: &[Symbol],
    inside: Option<&str>,
    list: &mut Vec<lsp::SymbolInformation>,
) {
    for symbol in symbols {
        list.push(lsp::SymbolInformation {
            name: symbol.name.clone(),
            kind: kind(symbol.kind),
            tags: None,
            deprecated: None,
            location: lsp::Location::new(uri.clone(), range(rope, symbol.range, snapshot.can.encoding)),
            container_name: inside.map(str::to_owned),
        });
        flat(snapshot, rope, uri, &symbol.children, Some(&symbol.name), list);
    }
}

fn kind(kind: SymbolKind) -> lsp::SymbolKind {
    match kind {
        SymbolKind::Block => lsp::SymbolKind::CLASS,
        SymbolKind::Object => lsp::SymbolKind::OBJECT,
        SymbolKind::List => lsp::SymbolKind::ARRAY,
        SymbolKind::Value => lsp::SymbolKind::PROPERTY,
    }
}
