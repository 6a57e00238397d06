// The components still expect the AngularJS module of the vendor's old applications.
import * as angular from 'angular';

angular.module('c8y.ui', []);
