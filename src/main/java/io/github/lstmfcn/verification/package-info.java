/** Whether published weights score what was reported of them. Used by reports and commands. */
package io.github.lstmfcn.verification;
