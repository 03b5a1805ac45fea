resource "azapi_resource" "not_indented" {
name = "a"
lifecycle {
ignore_changes = [
body,
]
}
dynamic "identity" {
for_each = []
content {
type = "SystemAssigned"
}
}
provisioner "local-exec" {
command = "true"
}
body = {
properties = {
a = 1
}
}
}

resource "azapi_resource" "sloppy" {
    body = {
        a = 1
}
  name = "b"
lifecycle {
  }
}
