// An application of the vendor's components: what Device management and Administration are made of, without the parts that only
// AngularJS has. Angular compiles the components in the browser, so that no Angular build is needed.
import 'zone.js';
import './angularjs';
import '@angular/compiler';
import { NgModule } from '@angular/core';
import { BrowserAnimationsModule } from '@angular/platform-browser/animations';
import { platformBrowserDynamic } from '@angular/platform-browser-dynamic';
import { applyOptions, loadOptions, loginOptions } from '@c8y/bootstrap';
import { BootstrapComponent, CoreModule, RouterModule } from '@c8y/ngx-components';
import { AssetsNavigatorModule } from '@c8y/ngx-components/assets-navigator';
import { AuthConfigurationModule } from '@c8y/ngx-components/auth-configuration';
import { BookmarksModule } from '@c8y/ngx-components/bookmarks';
import { DeviceGridModule } from '@c8y/ngx-components/device-grid';
import { DeviceProfileModule } from '@c8y/ngx-components/device-profile';
import { EcosystemModule } from '@c8y/ngx-components/ecosystem';
import { FilesRepositoryModule } from '@c8y/ngx-components/files-repository';
import { OperationsModule } from '@c8y/ngx-components/operations';
import { RegisterDeviceModule } from '@c8y/ngx-components/register-device';
import { RepositoryModule } from '@c8y/ngx-components/repository';
import { SearchModule } from '@c8y/ngx-components/search';
import { SubAssetsModule } from '@c8y/ngx-components/sub-assets';
import { TenantsModule } from '@c8y/ngx-components/tenants';
import { TrustedCertificatesModule } from '@c8y/ngx-components/trusted-certificates';

@NgModule({
  imports: [
    BrowserAnimationsModule, RouterModule.forRoot([]), CoreModule.forRoot(), AssetsNavigatorModule, AuthConfigurationModule, BookmarksModule, DeviceGridModule,
    DeviceProfileModule, EcosystemModule, FilesRepositoryModule, OperationsModule, RegisterDeviceModule, RepositoryModule, SearchModule,
    SubAssetsModule, TenantsModule, TrustedCertificatesModule,
  ],
  bootstrap: [BootstrapComponent],
})
class App {}

async function start() {
  applyOptions({ ...(await loadOptions()), ...((await loginOptions()) as object) });
  await platformBrowserDynamic().bootstrapModule(App);
}

start().catch(error => console.error('cannot start:', error));
