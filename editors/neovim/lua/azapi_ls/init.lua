local M = {}

--- The server's name in `vim.lsp.config` and `vim.lsp.enable`.
M.name = 'azapi_ls'

--- Asks for the command that imports the azapi resource under the cursor, and puts it into a register.
---@param register string? default: the clipboard's where there is a clipboard, else the unnamed one
function M.copy_import_command(register)
  local client = vim.lsp.get_clients({ name = M.name, bufnr = 0 })[1]
  if not client then
    vim.notify('azapi-ls does not serve this buffer; see :checkhealth azapi_ls', vim.log.levels.ERROR)
    return
  end
  if not register or register == '' then
    register = vim.fn.has('clipboard') == 1 and '+' or '"'
  end
  local at = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local arguments = { at.textDocument.uri, at.position }
  local request = { command = 'azapi.importCommand', arguments = arguments }
  client:request('workspace/executeCommand', request, function(err, command)
    if err then
      vim.notify(err.message, vim.log.levels.ERROR)
    elseif command == nil or command == vim.NIL then
      vim.notify('there is no azapi resource here that can be imported', vim.log.levels.WARN)
    else
      vim.fn.setreg(register, command)
      -- Not the command itself: a message of two lines makes Neovim wait for a key.
      vim.notify(('the import command is in register %s'):format(register))
    end
  end, 0)
end

return M
