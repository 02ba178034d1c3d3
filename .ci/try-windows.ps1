<#
.SYNOPSIS
Tries deploy/windows with a built program: .ci/try-windows.ps1 target\debug\refract-ledger.exe
#>
#Requires -Version 5.1
param([Parameter(Mandatory)] [string] $Program)

$ErrorActionPreference = 'Stop'
$root = (Resolve-Path (Join-Path $PSScriptRoot '..')).Path
$folder = Join-Path ([IO.Path]::GetTempPath()) 'refract ledger, unpacked'
Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction SilentlyContinue
New-Item -ItemType Directory -Path (Join-Path $folder 'deploy') | Out-Null
Copy-Item $Program (Join-Path $folder 'refract-ledger.exe')
Copy-Item -Recurse (Join-Path $root 'deploy\windows') (Join-Path $folder 'deploy')
$scripts = Join-Path $folder 'deploy\windows'
$log = Join-Path $folder 'refract-ledger.log'
$tokenFile = Join-Path $folder 'refract-ledger.token'

function Start-Script([string] $name) {
    & powershell.exe -NoProfile -ExecutionPolicy Bypass -File (Join-Path $scripts $name) | Out-Host
    return $LASTEXITCODE
}
function Confirm-That([bool] $holds, [string] $what) {
    if (-not $holds) { throw "It does not hold that $what." }
    Write-Host "ok  $what"
}

# A wrong configuration is not tried again and again, and the log says what is wrong.
Set-Content -LiteralPath (Join-Path $folder 'config.toml') -Value '[no]'
Set-Content -LiteralPath $tokenFile -Value 'nonsense' -NoNewline
Confirm-That ((Start-Script 'run.ps1') -eq 2) 'run.ps1 ends with the exit code of the program'
$told = [IO.File]::ReadAllText($log)
Confirm-That ($told.Contains('exit code 2')) 'the log says why'
Confirm-That (-not $told.Contains([string][char]0)) 'the log is UTF-8'

Confirm-That ((Start-Script 'install.ps1') -eq 0) 'install.ps1 ends well'
$task = Get-ScheduledTask -TaskName 'refract-ledger'
Confirm-That ($task.Settings.ExecutionTimeLimit -eq 'PT0S') 'Windows does not end it after three days'
$me = [Security.Principal.WindowsIdentity]::GetCurrent().User
$rules = (Get-Acl -LiteralPath $tokenFile).GetAccessRules($true, $true, [Security.Principal.SecurityIdentifier])
$others = @($rules | Where-Object { $_.IdentityReference -ne $me })
Confirm-That ($others.Count -eq 0) 'only one user can read the token'

Confirm-That ((Start-Script 'uninstall.ps1') -eq 0) 'uninstall.ps1 ends well'
Confirm-That (-not (Get-ScheduledTask -TaskName 'refract-ledger' -ErrorAction SilentlyContinue)) 'the task is gone'
Confirm-That (Test-Path -LiteralPath $tokenFile) 'what is the user''s stays'
