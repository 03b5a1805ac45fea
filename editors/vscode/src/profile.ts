// What is offered: what the setting says, or what the other extensions leave to do.

import * as vscode from 'vscode';

type Profile = 'companion' | 'standalone';

/** The extensions that bring a Terraform server of their own. */
const OTHERS = ['hashicorp.terraform', 'opentofu.vscode-opentofu'];

/** Extensions that are disabled do not count. */
export function profile(): Profile {
  const isAlone = OTHERS.every((id) => vscode.extensions.getExtension(id) === undefined);
  const set = vscode.workspace.getConfiguration('azapi').get<Profile | null>('profile');
  return set ?? (isAlone ? 'standalone' : 'companion');
}
