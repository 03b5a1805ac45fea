local M = {}

--- The server's name in `vim.lsp.config` and `vim.lsp.enable`.
M.name = 'azapi_ls'

--- Has the server execute a command about the place of the cursor.
---@param name string
---@param done fun(answer: any) what it answers; not called when it fails
---@param nothing string what to say when there is no answer
local function execute(name, done, nothing)
  local client = vim.lsp.get_clients({ name = M.name, bufnr = 0 })[1]
  if not client then
    vim.notify('azapi-ls does not serve this buffer; see :checkhealth azapi_ls', vim.log.levels.ERROR)
    return
  end
  local at = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local request = { command = name, arguments = { at.textDocument.uri, at.position } }
  client:request('workspace/executeCommand', request, function(err, answer)
    if err then
      vim.notify(err.message, vim.log.levels.ERROR)
    elseif answer == nil or answer == vim.NIL then
      vim.notify(nothing, vim.log.levels.WARN)
    else
      done(answer)
    end
  end, 0)
end

--- Opens the page of the type of the azapi block under the cursor beside it.
function M.open_page()
  execute('azapi.page', function(page)
    vim.cmd('vertical new')
    local buffer = vim.api.nvim_get_current_buf()
    vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(page.markdown, '\n'))
    vim.bo[buffer].buftype = 'nofile'
    vim.bo[buffer].bufhidden = 'wipe'
    vim.bo[buffer].modifiable = false
    vim.bo[buffer].filetype = 'markdown'
    pcall(vim.api.nvim_buf_set_name, buffer, page.title .. '.md')
  end, 'there is no azapi block here whose type is known')
end

--- Asks for the command that imports the azapi resource under the cursor, and puts it into a register.
---@param register string? default: the clipboard's where there is a clipboard, else the unnamed one
function M.copy_import_command(register)
  if not register or register == '' then
    register = vim.fn.has('clipboard') == 1 and '+' or '"'
  end
  execute('azapi.importCommand', function(command)
    vim.fn.setreg(register, command)
    -- Not the command itself: a message of two lines makes Neovim wait for a key.
    vim.notify(('the import command is in register %s'):format(register))
  end, 'there is no azapi resource here that can be imported')
end

return M
