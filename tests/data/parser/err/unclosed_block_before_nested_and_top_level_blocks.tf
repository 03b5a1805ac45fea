resource "a" "b" {
  lifecycle {
    ignore_changes = []

resource "c" "d" {
  name = 1

locals {
  x = 1

moved {
