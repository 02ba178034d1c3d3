<#
.SYNOPSIS
Keeps the bot running: a scheduled task starts it when you sign in, and starts it again when it fails.

.DESCRIPTION
Run it from the unpacked folder, in PowerShell:

    powershell -ExecutionPolicy Bypass -File deploy\windows\install.ps1

With -AtStartup, in a PowerShell that was started with "Run as administrator", the bot starts with Windows, before
anybody signs in, and stays when you sign out.

The database, config.toml, the token and the log are in the folder of the program. uninstall.ps1 takes the task away
and leaves them.
#>
#Requires -Version 5.1
[CmdletBinding()]
param([switch] $AtStartup)

$ErrorActionPreference = 'Stop'
$task = 'refract-ledger'
$folder = (Resolve-Path (Join-Path $PSScriptRoot '..\..')).Path
$program = Join-Path $folder 'refract-ledger.exe'
$tokenFile = Join-Path $folder 'refract-ledger.token'
$log = Join-Path $folder 'refract-ledger.log'
$me = [Security.Principal.WindowsIdentity]::GetCurrent()

if (-not (Test-Path -LiteralPath $program)) {
    throw "There is no $program. Run this script where you unpacked the program."
}
$role = [Security.Principal.WindowsBuiltInRole]::Administrator
if ($AtStartup -and -not ([Security.Principal.WindowsPrincipal] $me).IsInRole($role)) {
    throw '-AtStartup needs a PowerShell that was started with "Run as administrator".'
}
# Files from the internet are marked, and Windows asks before it starts such a program.
Get-ChildItem -LiteralPath $folder -Recurse -File | Unblock-File

# The token lies in a file that only you can read, and that is empty until this is so.
if (-not (Test-Path -LiteralPath $tokenFile)) {
    $secret = Read-Host -AsSecureString 'Paste the token of the bot (it is not shown), then press Enter'
    $token = (New-Object Net.NetworkCredential '', $secret).Password.Trim()
    if ($token -eq '') { throw 'There was no token.' }
    New-Item -ItemType File -Path $tokenFile | Out-Null
    & icacls.exe $tokenFile /inheritance:r /grant:r "*$($me.User.Value):(F)" | Out-Null
    if ($LASTEXITCODE -ne 0) {
        Remove-Item -LiteralPath $tokenFile
        throw "icacls could not make $tokenFile readable by you alone."
    }
    [IO.File]::WriteAllText($tokenFile, $token)
} else {
    & icacls.exe $tokenFile /inheritance:r /grant:r "*$($me.User.Value):(F)" | Out-Null
}

$script = Join-Path $PSScriptRoot 'run.ps1'
$action = New-ScheduledTaskAction -Execute 'powershell.exe' -WorkingDirectory $folder `
    -Argument "-NoProfile -NonInteractive -ExecutionPolicy Bypass -WindowStyle Hidden -File `"$script`""
if ($AtStartup) {
    $trigger = New-ScheduledTaskTrigger -AtStartup
    # As you, without your password being stored.
    $principal = New-ScheduledTaskPrincipal -UserId $me.Name -LogonType S4U -RunLevel Limited
} else {
    $trigger = New-ScheduledTaskTrigger -AtLogOn -User $me.Name
    $principal = New-ScheduledTaskPrincipal -UserId $me.Name -LogonType Interactive -RunLevel Limited
}
# Windows ends a task after three days, and on a battery, if it is not told otherwise.
$settings = New-ScheduledTaskSettingsSet -ExecutionTimeLimit ([TimeSpan]::Zero) -MultipleInstances IgnoreNew `
    -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -StartWhenAvailable
Register-ScheduledTask -TaskName $task -Action $action -Trigger $trigger -Principal $principal `
    -Settings $settings -Force -Description 'Turns the checkouts of Refract in Discord into an order ledger.' |
    Out-Null
Start-ScheduledTask -TaskName $task

Write-Host "The bot runs, and starts again by itself. Its log: $log"
Write-Host "To read along: Get-Content -Wait -Tail 20 '$log'"
