//! The functions that Terraform 1.11 has, by name.

use super::read::{Answer, Stop};
use super::signature::{Call, Function, Parameter, Reads};
use super::{
    collection, conversion, csv, date, encoding, file, format, hash, json, lookup, merge, network, numeric,
    path, regex, select, set, string, r#try, yaml,
};
use crate::terraform::type_constraint::Type;

use Parameter::{
    Any as ANY, List as LIST, ListOfBool as BOOLS, ListOfText as TEXTS, Nullable as NULLABLE,
    Number as NUMBER, Raw as RAW, Set as SET, Text as TEXT,
};
use Reads::{Elements, Itself, Shape, Whole};
use Returns::{Anything, Bool, Number, Numbers, Text, TextSet, Texts};

/// The type of a result that is not known.
#[derive(Clone, Copy)]
enum Returns {
    Anything,
    Bool,
    Number,
    Numbers,
    Text,
    Texts,
    TextSet,
}

impl Returns {
    fn ty(self) -> Type {
        match self {
            Anything => Type::Any,
            Bool => Type::Bool,
            Number => Type::Number,
            Numbers => Type::List(Type::Number.into()),
            Text => Type::String,
            Texts => Type::List(Type::String.into()),
            TextSet => Type::Set(Type::String.into()),
        }
    }
}

type Body = fn(&Call<'_>) -> Answer;

/// Results that differ from run to run, need a key, or depend on how a library compresses.
fn unknown(_: &Call<'_>) -> Answer {
    Err(Stop::Unknown)
}

pub(super) fn function(name: &str) -> Option<Function> {
    let (fixed, more, returns, reads, body) = row(name)?;
    Some(Function { fixed, more, returns: returns.ty(), reads, body })
}

/// Parameters, the parameter of any further arguments, the result's type, what is read, the function.
type Row = (&'static [Parameter], Option<Parameter>, Returns, Reads, Body);

fn row(name: &str) -> Option<Row> {
    Some(match name {
        "abs" => (&[NUMBER], None, Number, Elements, numeric::abs),
        "abspath" => (&[TEXT], None, Text, Elements, path::abspath),
        "alltrue" => (&[BOOLS], None, Bool, Elements, collection::alltrue),
        "anytrue" => (&[BOOLS], None, Bool, Elements, collection::anytrue),
        "base64decode" => (&[TEXT], None, Text, Elements, encoding::base64decode),
        "base64encode" => (&[TEXT], None, Text, Elements, encoding::base64encode),
        "base64gzip" => (&[TEXT], None, Text, Elements, unknown),
        "base64sha256" => (&[TEXT], None, Text, Elements, hash::base64sha256),
        "base64sha512" => (&[TEXT], None, Text, Elements, hash::base64sha512),
        "basename" => (&[TEXT], None, Text, Elements, path::basename),
        "bcrypt" => (&[TEXT], Some(NUMBER), Text, Elements, unknown),
        "can" => (&[RAW], None, Bool, Itself, r#try::can),
        "ceil" => (&[NUMBER], None, Number, Elements, numeric::ceil),
        "chomp" => (&[TEXT], None, Text, Elements, string::chomp),
        "chunklist" => (&[LIST, NUMBER], None, Anything, Shape, collection::chunklist),
        "cidrhost" => (&[TEXT, NUMBER], None, Text, Elements, network::cidrhost),
        "cidrnetmask" => (&[TEXT], None, Text, Elements, network::cidrnetmask),
        "cidrsubnet" => (&[TEXT, NUMBER, NUMBER], None, Text, Elements, network::cidrsubnet),
        "cidrsubnets" => (&[TEXT], Some(NUMBER), Texts, Elements, network::cidrsubnets),
        "coalesce" => (&[], Some(NULLABLE), Anything, Shape, select::coalesce),
        "coalescelist" => (&[], Some(NULLABLE), Anything, Shape, select::coalescelist),
        "compact" => (&[TEXTS], None, Texts, Elements, string::compact),
        "concat" => (&[], Some(ANY), Anything, Shape, collection::concat),
        "contains" => (&[ANY, ANY], None, Bool, Elements, collection::contains),
        "csvdecode" => (&[TEXT], None, Anything, Elements, csv::decode),
        "dirname" => (&[TEXT], None, Text, Elements, path::dirname),
        "distinct" => (&[LIST], None, Anything, Elements, collection::distinct),
        "element" => (&[ANY, NUMBER], None, Anything, Shape, select::element),
        "endswith" => (&[TEXT, TEXT], None, Bool, Elements, string::endswith),
        "ephemeralasnull" => (&[NULLABLE], None, Anything, Itself, conversion::ephemeralasnull),
        "file" => (&[TEXT], None, Text, Elements, file::file),
        "filebase64" => (&[TEXT], None, Text, Elements, file::filebase64),
        "filebase64sha256" => (&[TEXT], None, Text, Elements, file::filebase64sha256),
        "filebase64sha512" => (&[TEXT], None, Text, Elements, file::filebase64sha512),
        "fileexists" => (&[TEXT], None, Bool, Elements, file::fileexists),
        "filemd5" => (&[TEXT], None, Text, Elements, file::filemd5),
        "fileset" => (&[TEXT, TEXT], None, TextSet, Elements, file::fileset),
        "filesha1" => (&[TEXT], None, Text, Elements, file::filesha1),
        "filesha256" => (&[TEXT], None, Text, Elements, file::filesha256),
        "filesha512" => (&[TEXT], None, Text, Elements, file::filesha512),
        "flatten" => (&[ANY], None, Anything, Shape, collection::flatten),
        "floor" => (&[NUMBER], None, Number, Elements, numeric::floor),
        "format" => (&[TEXT], Some(NULLABLE), Text, Elements, format::format),
        "formatdate" => (&[TEXT, TEXT], None, Text, Elements, date::formatdate),
        "formatlist" => (&[TEXT], Some(NULLABLE), Texts, Elements, format::formatlist),
        "indent" => (&[NUMBER, TEXT], None, Text, Elements, string::indent),
        "index" => (&[ANY, ANY], None, Number, Elements, collection::index),
        "issensitive" => (&[NULLABLE], None, Bool, Itself, conversion::issensitive),
        "join" => (&[TEXT], Some(TEXTS), Text, Elements, format::join),
        "jsondecode" => (&[TEXT], None, Anything, Elements, json::decode),
        "jsonencode" => (&[NULLABLE], None, Text, Whole, json::encode),
        "keys" => (&[ANY], None, Anything, Shape, collection::keys),
        "length" => (&[ANY], None, Number, Shape, collection::length),
        "log" => (&[NUMBER, NUMBER], None, Number, Elements, numeric::log),
        "lookup" => (&[ANY, TEXT], Some(NULLABLE), Anything, Shape, lookup::lookup),
        "lower" => (&[TEXT], None, Text, Elements, string::lower),
        "matchkeys" => (&[LIST, LIST, LIST], None, Anything, Elements, collection::matchkeys),
        "max" => (&[], Some(NUMBER), Number, Elements, numeric::max),
        "md5" => (&[TEXT], None, Text, Elements, hash::md5),
        "merge" => (&[], Some(NULLABLE), Anything, Shape, merge::merge),
        "min" => (&[], Some(NUMBER), Number, Elements, numeric::min),
        "nonsensitive" => (&[NULLABLE], None, Anything, Itself, conversion::nonsensitive),
        "one" => (&[ANY], None, Anything, Shape, select::one),
        "parseint" => (&[ANY, NUMBER], None, Number, Elements, numeric::parseint),
        "pathexpand" => (&[TEXT], None, Text, Elements, path::pathexpand),
        "plantimestamp" => (&[], None, Text, Elements, unknown),
        "pow" => (&[NUMBER, NUMBER], None, Number, Elements, numeric::pow),
        "range" => (&[], Some(NUMBER), Numbers, Elements, numeric::range),
        "regex" => (&[TEXT, TEXT], None, Anything, Elements, regex::regex),
        "regexall" => (&[TEXT, TEXT], None, Anything, Elements, regex::regexall),
        "replace" => (&[TEXT, TEXT, TEXT], None, Text, Elements, string::replace),
        "reverse" => (&[ANY], None, Anything, Shape, collection::reverse),
        "rsadecrypt" => (&[TEXT, TEXT], None, Text, Elements, unknown),
        "sensitive" => (&[NULLABLE], None, Anything, Itself, conversion::sensitive),
        "setintersection" => (&[SET], Some(SET), Anything, Elements, set::intersection),
        "setproduct" => (&[], Some(ANY), Anything, Shape, set::setproduct),
        "setsubtract" => (&[SET, SET], None, Anything, Elements, set::subtract),
        "setunion" => (&[SET], Some(SET), Anything, Elements, set::union),
        "sha1" => (&[TEXT], None, Text, Elements, hash::sha1),
        "sha256" => (&[TEXT], None, Text, Elements, hash::sha256),
        "sha512" => (&[TEXT], None, Text, Elements, hash::sha512),
        "signum" => (&[NUMBER], None, Number, Elements, numeric::signum),
        "slice" => (&[ANY, NUMBER, NUMBER], None, Anything, Shape, collection::slice),
        "sort" => (&[TEXTS], None, Texts, Elements, collection::sort),
        "split" => (&[TEXT, TEXT], None, Texts, Elements, string::split),
        "startswith" => (&[TEXT, TEXT], None, Bool, Elements, string::startswith),
        "strcontains" => (&[TEXT, TEXT], None, Bool, Elements, string::strcontains),
        "strrev" => (&[TEXT], None, Text, Elements, string::strrev),
        "substr" => (&[TEXT, NUMBER, NUMBER], None, Text, Elements, string::substr),
        "sum" => (&[ANY], None, Number, Elements, numeric::sum),
        "templatefile" => (&[TEXT, ANY], None, Anything, Elements, file::templatefile),
        "templatestring" => (&[TEXT, ANY], None, Text, Elements, file::templatestring),
        "textdecodebase64" => (&[TEXT, TEXT], None, Text, Elements, encoding::textdecodebase64),
        "textencodebase64" => (&[TEXT, TEXT], None, Text, Elements, encoding::textencodebase64),
        "timeadd" => (&[TEXT, TEXT], None, Text, Elements, date::timeadd),
        "timecmp" => (&[TEXT, TEXT], None, Number, Elements, date::timecmp),
        "timestamp" => (&[], None, Text, Elements, unknown),
        "title" => (&[TEXT], None, Text, Elements, string::title),
        "tobool" => (&[NULLABLE], None, Anything, Shape, conversion::tobool),
        "tolist" => (&[NULLABLE], None, Anything, Shape, conversion::tolist),
        "tomap" => (&[NULLABLE], None, Anything, Shape, conversion::tomap),
        "tonumber" => (&[NULLABLE], None, Anything, Shape, conversion::tonumber),
        "toset" => (&[NULLABLE], None, Anything, Shape, conversion::toset),
        "tostring" => (&[NULLABLE], None, Anything, Shape, conversion::tostring),
        "transpose" => (&[ANY], None, Anything, Elements, collection::transpose),
        "trim" => (&[TEXT, TEXT], None, Text, Elements, string::trim),
        "trimprefix" => (&[TEXT, TEXT], None, Text, Elements, string::trimprefix),
        "trimspace" => (&[TEXT], None, Text, Elements, string::trimspace),
        "trimsuffix" => (&[TEXT, TEXT], None, Text, Elements, string::trimsuffix),
        "try" => (&[], Some(RAW), Anything, Itself, r#try::first),
        "upper" => (&[TEXT], None, Text, Elements, string::upper),
        "urlencode" => (&[TEXT], None, Text, Elements, encoding::urlencode),
        "uuid" => (&[], None, Text, Elements, unknown),
        "uuidv5" => (&[TEXT, TEXT], None, Text, Elements, hash::uuidv5),
        "values" => (&[ANY], None, Anything, Shape, collection::values),
        "yamldecode" => (&[TEXT], None, Anything, Elements, yaml::decode),
        "yamlencode" => (&[NULLABLE], None, Text, Whole, yaml::encode),
        "zipmap" => (&[TEXTS, ANY], None, Anything, Shape, collection::zipmap),
        _ => return None,
    })
}
