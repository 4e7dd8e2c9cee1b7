/**
 * Every PowerShell script of Triad, for what no program answers. Each finds its parameters in `$request` and leaves its answer as the last value; the frame of
 * `frameScript` is around it. Written for Windows PowerShell 5.1 in ASCII; the first two also run in Constrained Language, which allows cmdlets and
 * hashtables but no .NET. The test beside this file parses each and knows all commands that they may use.
 */
export const POWERSHELL_SCRIPTS = {
  /** What PowerShell may do here, and what Microsoft Defender does. Server Core without the feature has no such cmdlets. */
  state: `
$state = @{
  languageMode = "$($ExecutionContext.SessionState.LanguageMode)"
  version = "$($PSVersionTable.PSVersion)"
  defender = $null
  defenderError = $null
}
if (Get-Command -Name 'Get-MpPreference' -ErrorAction SilentlyContinue) {
  try {
    $status = Get-MpComputerStatus
    $preference = Get-MpPreference
    $state.defender = @{
      isRunning = [bool]$status.AMServiceEnabled
      isRealTime = [bool]$status.RealTimeProtectionEnabled
      isTamperProtected = [bool]$status.IsTamperProtected
      exclusions = @($preference.ExclusionPath | Where-Object { $_ })
    }
  } catch {
    $state.defenderError = "$_"
  }
}
$state
`,

  /** Excludes folders from Defender. Tamper protection and policies refuse in silence, so what is missing afterwards is told. */
  excludeFromDefender: `
Add-MpPreference -ExclusionPath $request.paths
$there = @((Get-MpPreference).ExclusionPath)
@{ missing = @($request.paths | Where-Object { $there -notcontains $_ }) }
`,

  /** Takes exclusions back. */
  includeInDefender: `
Remove-MpPreference -ExclusionPath $request.paths
$there = @((Get-MpPreference).ExclusionPath)
@{ left = @($request.paths | Where-Object { $there -contains $_ }) }
`,

  /** Temporary listeners without the helper; needs .NET. Prints the lines of the helper's \`listen\` while it runs. */
  listen: `
$open = @()
$refused = @()
foreach ($wanted in $request.ports) {
  try {
    $address = [System.Net.IPAddress]::Parse($request.address)
    $listener = New-Object -TypeName System.Net.Sockets.TcpListener -ArgumentList $address, $wanted.port
    $listener.ExclusiveAddressUse = $true
    $listener.Start()
    $open += @{ listener = $listener; word = $wanted.nonce }
  } catch {
    $cause = $_.Exception.GetBaseException()
    $refused += @{ port = $wanted.port; error = [int]$cause.ErrorCode }
  }
}
$ready = ConvertTo-Json -Compress -InputObject @{ ready = $true; refused = $refused }
[System.Console]::Out.WriteLine($ready)
[System.Console]::Out.Flush()
$stdin = [System.Console]::OpenStandardInput()
$buffer = New-Object -TypeName byte[] -ArgumentList 64
$read = $stdin.BeginRead($buffer, 0, 64, $null, $null)
$until = (Get-Date).AddSeconds($request.seconds)
$count = 0
$ended = $false
while (-not $ended -and (Get-Date) -lt $until) {
  if ($read.IsCompleted) {
    if ($stdin.EndRead($read) -eq 0) {
      $ended = $true
    } else {
      $read = $stdin.BeginRead($buffer, 0, 64, $null, $null)
    }
  }
  $isIdle = $true
  foreach ($one in $open) {
    if ($one.listener.Pending()) {
      $client = $one.listener.AcceptTcpClient()
      $bytes = [System.Text.Encoding]::ASCII.GetBytes($one.word + [char]13 + [char]10)
      $client.GetStream().Write($bytes, 0, $bytes.Length)
      $client.Close()
      $count += 1
      $isIdle = $false
    }
  }
  if ($isIdle) {
    Start-Sleep -Milliseconds 20
  }
}
foreach ($one in $open) {
  $one.listener.Stop()
}
@{ accepted = $count }
`,

  /** Tries ports without the helper; needs .NET. All at once: a blocked port would hold up the others. */
  connect: `
$tries = @()
foreach ($target in $request.targets) {
  $family = [System.Net.IPAddress]::Parse($target.address).AddressFamily
  $client = New-Object -TypeName System.Net.Sockets.TcpClient -ArgumentList $family
  $watch = [System.Diagnostics.Stopwatch]::StartNew()
  $pending = $null
  $code = 0
  try {
    $pending = $client.BeginConnect($target.address, $target.port, $null, $null)
  } catch {
    $code = [int]$_.Exception.GetBaseException().ErrorCode
  }
  $tries += @{ target = $target; client = $client; watch = $watch; pending = $pending; code = $code }
}
$results = @()
foreach ($try in $tries) {
  $outcome = 'error'
  $answer = $null
  $code = $try.code
  if ($try.pending) {
    $left = [Math]::Max(1, $request.timeoutMs - $try.watch.ElapsedMilliseconds)
    if ($try.pending.AsyncWaitHandle.WaitOne([int]$left)) {
      try {
        $try.client.EndConnect($try.pending)
        $outcome = 'open'
        $stream = $try.client.GetStream()
        $stream.ReadTimeout = [int][Math]::Max(1, $request.timeoutMs - $try.watch.ElapsedMilliseconds)
        if ($try.target.asks) {
          $bytes = [System.Text.Encoding]::ASCII.GetBytes('PING' + [char]13 + [char]10)
          $stream.Write($bytes, 0, $bytes.Length)
        }
        if (-not $try.target.isSilent) {
          $reader = New-Object -TypeName System.IO.StreamReader -ArgumentList $stream
          $answer = $reader.ReadLine()
        }
      } catch {
        $cause = $_.Exception.GetBaseException()
        if ($cause -is [System.Net.Sockets.SocketException]) {
          $code = [int]$cause.ErrorCode
        }
      }
    } else {
      $outcome = 'timeout'
    }
  }
  if ($code -eq 10061) {
    $outcome = 'refused'
  }
  if ($code -eq 10060) {
    $outcome = 'timeout'
  }
  if ($code -eq 10051 -or $code -eq 10065 -or $code -eq 10013) {
    $outcome = 'unreachable'
  }
  $results += @{
    address = $try.target.address
    port = $try.target.port
    outcome = $outcome
    elapsedMs = [long]$try.watch.ElapsedMilliseconds
    answer = $answer
    error = $code
  }
  $try.client.Close()
}
@{ targets = $results }
`,
} as const;

/** The name of a script. */
export type PowershellScript = keyof typeof POWERSHELL_SCRIPTS;
