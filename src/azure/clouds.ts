import type { Cloud } from '../detection/config.ts';

/** Where a national cloud of Azure answers, and for what a token is asked. No URL ends in a slash. */
export interface CloudEndpoints {
  /** Azure Resource Manager. */
  readonly resourceManager: string;
  /** Microsoft Entra ID. */
  readonly authority: string;
  /** Scope of a token for Azure Resource Manager. */
  readonly scope: string;
  /** The audience that a token of another issuer must have to be exchanged for one of Microsoft Entra ID. */
  readonly tokenExchangeAudience: string;
  /** What the Azure CLI calls the cloud: `az cloud set --name`. */
  readonly cliName: string;
}

/**
 * Endpoints by cloud. `local` is the emulator in this process: its host is never looked up, since its requests go to
 * the client that `createInProcessHttpClient` makes.
 */
export const cloudEndpoints: Readonly<Record<Cloud, CloudEndpoints>> = Object.freeze({
  public: {
    resourceManager: 'https://management.azure.com',
    authority: 'https://login.microsoftonline.com',
    scope: 'https://management.azure.com/.default',
    tokenExchangeAudience: 'api://AzureADTokenExchange',
    cliName: 'AzureCloud',
  },
  usgov: {
    resourceManager: 'https://management.usgovcloudapi.net',
    authority: 'https://login.microsoftonline.us',
    scope: 'https://management.usgovcloudapi.net/.default',
    tokenExchangeAudience: 'api://AzureADTokenExchangeUSGov',
    cliName: 'AzureUSGovernment',
  },
  china: {
    resourceManager: 'https://management.chinacloudapi.cn',
    authority: 'https://login.chinacloudapi.cn',
    scope: 'https://management.chinacloudapi.cn/.default',
    tokenExchangeAudience: 'api://AzureADTokenExchangeChina',
    cliName: 'AzureChinaCloud',
  },
  local: {
    resourceManager: 'https://kustodian.localhost',
    authority: 'https://kustodian.localhost',
    scope: 'https://management.azure.com/.default',
    tokenExchangeAudience: 'api://AzureADTokenExchange',
    cliName: 'AzureCloud',
  },
});
