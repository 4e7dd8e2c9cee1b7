import { SYSTEM_PROGRAMS } from '../systemPrograms.ts';
import { CHANGING_SCRIPTS } from './changingScripts.ts';

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
    $policy = Get-ItemProperty -LiteralPath 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows Defender' -ErrorAction SilentlyContinue
    $state.defender = @{
      isRunning = [bool]$status.AMServiceEnabled
      isRealTime = [bool]$status.RealTimeProtectionEnabled
      isTamperProtected = [bool]$status.IsTamperProtected
      exclusions = @($preference.ExclusionPath | Where-Object { $_ })
      takesLocalExclusions = ($policy.DisableLocalAdminMerge -ne 1)
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

  /**
   * What the helper's `observe` and `firewall` answer, without the helper, as far as cmdlets can tell it; also in Constrained Language, which a policy that blocks
   * programs mostly brings along. Whether a port is free is told by who listens and by the ranges that Windows keeps, not by an attempt.
   */
  facts: `
$os = Get-CimInstance -ClassName Win32_OperatingSystem
$system = Get-CimInstance -ClassName Win32_ComputerSystem
$product = Get-CimInstance -ClassName Win32_ComputerSystemProduct -ErrorAction SilentlyContinue
$current = Get-ItemProperty -LiteralPath 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion'
$crypto = Get-ItemProperty -LiteralPath 'HKLM:\\SOFTWARE\\Microsoft\\Cryptography' -ErrorAction SilentlyContinue
$epoch = [datetime]'1970-01-01'
$groups = @(${SYSTEM_PROGRAMS.whoami} /groups)
$processes = @{ }
foreach ($one in @(Get-Process)) {
  $processes["$($one.Id)"] = "$($one.Path)"
}
$allServices = @(Get-CimInstance -ClassName Win32_Service)
$serviceOf = @{ }
foreach ($one in $allServices) {
  if ($one.ProcessId) {
    $serviceOf["$($one.ProcessId)"] = $one.Name
  }
}
$states = @{ 'Running' = 'running'; 'Stopped' = 'stopped'; 'Start Pending' = 'startPending'; 'Stop Pending' = 'stopPending'; 'Paused' = 'paused' }
$starts = @{ 'Auto' = 'auto'; 'Manual' = 'demand'; 'Disabled' = 'disabled' }
$services = @()
foreach ($name in $request.services) {
  $found = $allServices | Where-Object { $_.Name -eq $name } | Select-Object -First 1
  if ($found) {
    $services += @{
      name = $name
      state = $states["$($found.State)"]
      pid = [long]$found.ProcessId
      exitCode = [long]$found.ExitCode
      startType = $starts["$($found.StartMode)"]
      account = $found.StartName
      imagePath = $found.PathName
    }
  } else {
    $services += @{ name = $name; state = 'missing' }
  }
}
$listening = @()
foreach ($one in @(Get-NetTCPConnection -State Listen -ErrorAction SilentlyContinue)) {
  $owner = "$($one.OwningProcess)"
  $listening += @{
    address = "$($one.LocalAddress)"
    port = [int]$one.LocalPort
    pid = [long]$one.OwningProcess
    program = $processes[$owner]
    service = $serviceOf[$owner]
  }
}
$excluded = @()
foreach ($line in @(${SYSTEM_PROGRAMS.netsh} int ipv4 show excludedportrange protocol=tcp)) {
  if ($line -match '^\\s*([0-9]+)\\s+([0-9]+)') {
    $excluded += @{ first = [int]$matches[1]; last = [int]$matches[2] }
  }
}
$addresses = @()
foreach ($one in @(Get-NetIPAddress -AddressFamily IPv4 -ErrorAction SilentlyContinue)) {
  $addresses += @{ ip = "$($one.IPAddress)"; device = "$($one.InterfaceAlias)"; isDynamic = ("$($one.PrefixOrigin)" -eq 'Dhcp') }
}
$paths = @()
foreach ($wanted in $request.paths) {
  $item = Get-Item -LiteralPath $wanted.path -Force -ErrorAction SilentlyContinue
  if (-not $item) {
    $paths += @{ path = $wanted.path; kind = 'missing' }
    continue
  }
  $kind = 'file'
  if ($item.PSIsContainer) {
    $kind = 'folder'
  }
  if ("$($item.Attributes)" -match 'ReparsePoint') {
    $kind = 'other'
  }
  $seen = @{ path = $wanted.path; kind = $kind; modifiedMs = [long]($item.LastWriteTimeUtc - $epoch).TotalMilliseconds }
  try {
    $seen.sddl = (Get-Acl -LiteralPath $wanted.path).Sddl
  } catch {
    $seen.error = 5
  }
  if ($kind -eq 'file') {
    $seen.sizeBytes = [long]$item.Length
    if ($wanted.as -eq 'log') {
      $seen.content = @(Get-Content -LiteralPath $wanted.path -Tail 400 -ErrorAction SilentlyContinue) -join [char]10
    } else {
      $seen.sha256 = (Get-FileHash -LiteralPath $wanted.path -Algorithm SHA256 -ErrorAction SilentlyContinue).Hash
      if ($wanted.as -eq 'content' -and $item.Length -le 262144) {
        $seen.content = "$(Get-Content -LiteralPath $wanted.path -Raw -Encoding UTF8 -ErrorAction SilentlyContinue)"
      }
    }
  }
  $paths += $seen
}
$kinds = @{ '2' = 'removable'; '3' = 'fixed'; '4' = 'network'; '5' = 'cdrom' }
$disks = @()
foreach ($path in $request.disks) {
  $drive = Split-Path -Path $path -Qualifier
  $disk = Get-CimInstance -ClassName Win32_LogicalDisk -Filter "DeviceID='$drive'" -ErrorAction SilentlyContinue
  if ($disk) {
    $disks += @{
      path = $path
      root = $drive + '\\'
      fileSystem = $disk.FileSystem
      freeBytes = [long]$disk.FreeSpace
      sizeBytes = [long]$disk.Size
      driveType = $kinds["$($disk.DriveType)"]
    }
  }
}
$policy = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy'
$rules = @()
$stored = Get-ItemProperty -LiteralPath "$policy\\FirewallRules" -ErrorAction SilentlyContinue
foreach ($property in @($stored.PSObject.Properties)) {
  if ("$($property.Value)" -match [string]$request.rulePattern) {
    $rules += "$($property.Value)"
  }
}
$profiles = @()
$policies = 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall'
$old = Get-ItemProperty -LiteralPath "$policies\\StandardProfile" -ErrorAction SilentlyContinue
foreach ($pair in @(@('domain', 'DomainProfile'), @('private', 'PrivateProfile'), @('public', 'PublicProfile'))) {
  $local = $pair[1] -replace 'Private', 'Standard'
  $own = Get-ItemProperty -LiteralPath "$policy\\$local" -ErrorAction SilentlyContinue
  $group = Get-ItemProperty -LiteralPath "$policies\\$($pair[1])" -ErrorAction SilentlyContinue
  $enabled = $group.EnableFirewall
  if ($enabled -eq $null -and $pair[0] -ne 'domain') {
    $enabled = $old.EnableFirewall
  }
  $profiles += @{
    name = $pair[0]
    enabled = $own.EnableFirewall
    policyEnabled = $enabled
    policyAllowsLocalRules = $group.AllowLocalPolicyMerge
  }
}
@{
  build = [int]$current.CurrentBuild
  revision = $current.UBR
  version = "$($os.Version)"
  productType = [int]$os.ProductType
  name = "$($os.Caption)"
  edition = "$($current.EditionID)"
  installation = "$($current.InstallationType)"
  architecture = "$env:PROCESSOR_ARCHITECTURE"
  hostName = "$env:COMPUTERNAME"
  machineGuid = $crypto.MachineGuid
  hardwareId = $product.UUID
  bootTime = [long]($os.LastBootUpTime.ToUniversalTime() - $epoch).TotalMilliseconds
  cpuCount = [int]$system.NumberOfLogicalProcessors
  memoryBytes = [long]$system.TotalPhysicalMemory
  memoryAvailableBytes = 1024 * [long]$os.FreePhysicalMemory
  commitLimitBytes = 1024 * [long]$os.TotalVirtualMemorySize
  commitAvailableBytes = 1024 * [long]$os.FreeVirtualMemory
  pageFileBytes = 1024 * [long]$os.SizeStoredInPagingFiles
  isElevated = [bool]@($groups -match 'S-1-16-(12288|16384)').Count
  user = "$env:USERDOMAIN\\$env:USERNAME"
  addresses = $addresses
  listening = $listening
  excluded = $excluded
  services = $services
  paths = $paths
  disks = $disks
  rules = $rules
  profiles = $profiles
  timeMs = [long]((Get-Date).ToUniversalTime() - $epoch).TotalMilliseconds
}
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

  ...CHANGING_SCRIPTS,
} as const;

/** The name of a script. */
export type PowershellScript = keyof typeof POWERSHELL_SCRIPTS;
