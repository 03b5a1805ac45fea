if vim.g.loaded_azapi_ls then
  return
end
vim.g.loaded_azapi_ls = true

-- Neovim takes an empty `.tf` file for TinyFugue's, and up to 0.11 does not know `.tofu`.
vim.filetype.add({ extension = { tf = 'terraform', tofu = 'opentofu' } })

vim.api.nvim_create_user_command('AzapiImport', function(command)
  require('azapi_ls').copy_import_command(command.reg)
end, {
  desc = 'Copy the command that imports the azapi resource under the cursor into a register',
  register = true,
})

vim.api.nvim_create_user_command('AzapiPage', function()
  require('azapi_ls').open_page()
end, { desc = 'Open the page of the type of the azapi block under the cursor' })
