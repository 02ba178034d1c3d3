<#
.SYNOPSIS
Stops the bot and takes its scheduled task away. The database, config.toml, the token and the log stay.

.DESCRIPTION
    powershell -ExecutionPolicy Bypass -File deploy\windows\uninstall.ps1

For a task that install.ps1 made with -AtStartup, in a PowerShell that was started with "Run as administrator".
#>
#Requires -Version 5.1
$ErrorActionPreference = 'Stop'
$task = 'refract-ledger'
$folder = (Resolve-Path (Join-Path $PSScriptRoot '..\..')).Path
$program = Join-Path $folder 'refract-ledger.exe'

if (Get-ScheduledTask -TaskName $task -ErrorAction SilentlyContinue) {
    # First the task, or it would start the bot again.
    Stop-ScheduledTask -TaskName $task
    Unregister-ScheduledTask -TaskName $task -Confirm:$false
    Write-Host 'The task is gone.'
} else {
    Write-Host "There is no task $task."
}
# The bot bears being ended at any moment: what it has acknowledged is on disk.
$running = @(Get-Process -Name 'refract-ledger' -ErrorAction SilentlyContinue | Where-Object { $_.Path -eq $program })
if ($running.Count -gt 0) {
    $running | Stop-Process -Force
    $running | Wait-Process -Timeout 30
}
Write-Host "The orders stay in $folder."
