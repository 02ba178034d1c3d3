<#
.SYNOPSIS
Runs the bot and starts it again when it fails. The scheduled task of install.ps1 calls this.

.DESCRIPTION
Ends with the exit code of the bot: 0 when it was asked to stop, 2 for a wrong configuration, 3 when Discord refuses
the token or the intents. Neither 2 nor 3 gets better by trying again.
#>
#Requires -Version 5.1
$folder = (Resolve-Path (Join-Path $PSScriptRoot '..\..')).Path
$program = Join-Path $folder 'refract-ledger.exe'
$log = Join-Path $folder 'refract-ledger.log'
$mostBytes = 10MB
$shortestWait = 5
$longestWait = 300

function Add-Line([string] $text) {
    $line = "$([DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ'))  task $text`r`n"
    [IO.File]::AppendAllText($log, $line)
}

Set-Location -LiteralPath $folder
$tokenFile = Join-Path $folder 'refract-ledger.token'
if (Test-Path -LiteralPath $tokenFile) { $env:DISCORD_TOKEN_FILE = $tokenFile }
$wait = $shortestWait
while ($true) {
    if ((Test-Path -LiteralPath $log) -and (Get-Item -LiteralPath $log).Length -gt $mostBytes) {
        Move-Item -LiteralPath $log -Destination "$log.old" -Force
    }
    $started = Get-Date
    # By cmd, because PowerShell 5 would write the log anew each time, and as UTF-16.
    $start = New-Object Diagnostics.ProcessStartInfo 'cmd.exe', "/d /s /c `"`"$program`" run 2>>`"$log`"`""
    $start.WorkingDirectory = $folder
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $process = [Diagnostics.Process]::Start($start)
    $process.WaitForExit()
    $code = $process.ExitCode
    if ($code -eq 0) { break }
    if ($code -eq 2 -or $code -eq 3) {
        Add-Line "ended with exit code $code; not started again. Mend what the line above says, then start the task"
        break
    }
    # What ran for a while is started again soon.
    if (((Get-Date) - $started).TotalMinutes -gt 10) { $wait = $shortestWait }
    Add-Line "ended with exit code $code; started again in $wait seconds"
    Start-Sleep -Seconds $wait
    $wait = [Math]::Min($wait * 2, $longestWait)
}
exit $code
