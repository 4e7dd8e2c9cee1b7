import { SYSTEM_PROGRAMS } from '../systemPrograms.ts';

/** The scripts that stand for verbs of the helper where the helper may not run; the rules of `scripts.ts` hold for them. Those that go on until their input ends need .NET. */
export const CHANGING_SCRIPTS = {
  /**
   * Sets access lists by icacls.exe, of folders that are made where there are none as well, and tells what stands there then. `claims`: a folder is only closed where
   * nothing but a file of that name is in it, whoever owns it: an administrator's other product may have its name. Once nobody else can put anything there, that file goes
   * where it is somebody else's or a link, and what is there besides it then is told by `isEmpty`. The list is taken back to the inherited one first where more stands in
   * it than is wanted.
   */
  setLists: `
$seen = @()
foreach ($one in $request.paths) {
  $failed = 0
  $made = $false
  $isForeign = $false
  $sddl = $null
  $isEmpty = $null
  try {
    $item = Get-Item -LiteralPath $one.path -Force -ErrorAction SilentlyContinue
    if (-not $item -and $one.makes) {
      $item = New-Item -ItemType Directory -Path $one.path
      $made = $true
    }
    if (-not $item) {
      $failed = 2
    } elseif ("$($item.Attributes)" -match 'ReparsePoint') {
      $failed = 4395
    } elseif ($one.claims) {
      $isForeign = ((Get-Acl -LiteralPath $one.path).Sddl -notmatch '^O:(BA|SY|LA)')
      $others = @(Get-ChildItem -LiteralPath $one.path -Force | Where-Object { $_.PSIsContainer -or $_.Name -ne $one.claims })
      if ($others.Count -gt 0) {
        $failed = 1307
      }
    }
    if ($failed -eq 0) {
      $said = @(${SYSTEM_PROGRAMS.icacls} $one.path /setowner '*S-1-5-32-544' /q)
      $failed = $LASTEXITCODE
    }
    if ($failed -eq 0) {
      $words = @($one.path, '/inheritance:r', '/grant:r') + @($one.grants) + @('/q')
      $said = @(${SYSTEM_PROGRAMS.icacls} $words)
      $failed = $LASTEXITCODE
      if ($failed -eq 0 -and @((Get-Acl -LiteralPath $one.path).Access).Count -ne @($one.grants).Count) {
        $said = @(${SYSTEM_PROGRAMS.icacls} $one.path /reset /q)
        $said = @(${SYSTEM_PROGRAMS.icacls} $words)
        $failed = $LASTEXITCODE
      }
    }
    if ($failed -eq 0) {
      $sddl = (Get-Acl -LiteralPath $one.path).Sddl
      if ($one.claims) {
        foreach ($child in @(Get-ChildItem -LiteralPath $one.path -Force | Where-Object { $_.Name -eq $one.claims -and -not $_.PSIsContainer })) {
          $owned = (Get-Acl -LiteralPath $child.FullName -ErrorAction SilentlyContinue).Sddl
          $link = "$($child.Attributes)"
          try { $link += "$($child.LinkType)" } catch { }
          if ($isForeign -or $owned -notmatch '^O:(BA|SY|LA)' -or $link -match 'ReparsePoint|HardLink') {
            Remove-Item -LiteralPath $child.FullName -Force -ErrorAction SilentlyContinue
          }
        }
        $isEmpty = $true
        foreach ($child in @(Get-ChildItem -LiteralPath $one.path -Force)) {
          $link = "$($child.Attributes)"
          try { $link += "$($child.LinkType)" } catch { }
          if ($child.PSIsContainer -or $child.Name -ne $one.claims -or $link -match 'ReparsePoint|HardLink') {
            $isEmpty = $false
          }
        }
      } elseif ($made) {
        $isEmpty = (@(Get-ChildItem -LiteralPath $one.path -Force).Count -eq 0)
      }
    }
  } catch {
    $failed = [int]($_.Exception.HResult -band 0xFFFF)
    if ($failed -eq 0) {
      $failed = 1359
    }
  }
  $seen += @{ path = $one.path; error = $failed; made = $made; sddl = $sddl; isEmpty = $isEmpty }
}
@{ languageMode = "$($ExecutionContext.SessionState.LanguageMode)"; paths = $seen }
`,

  /**
   * Puts staged files into their places, all that were compared with their hashes or none. What stands there is put aside by a rename, which a program that runs allows,
   * and comes back where the new one cannot take its place. What holds a file for a moment, as a virus scanner does, is waited for, 2 s at most.
   */
  placeFiles: `
$seen = @()
$failed = 0
foreach ($one in $request.files) {
  $hash = (Get-FileHash -LiteralPath $one.staged -Algorithm SHA256 -ErrorAction SilentlyContinue).Hash
  if (-not $hash) {
    $wrong = 2
  } elseif ($hash -ne $one.sha256) {
    $wrong = 23
  } else {
    $wrong = 0
  }
  if ($wrong -ne 0) {
    $failed = $wrong
  }
  $seen += @{ path = $one.path; error = $wrong; placed = $false; left = $false }
}
$at = 0
$tries = 0
while ($failed -eq 0 -and $at -lt @($request.files).Count) {
  $one = @($request.files)[$at]
  $old = $one.path + '.triad-old'
  $before = $one.path + '.triad-before'
  $aside = $null
  $wrong = 0
  try {
    if (Test-Path -LiteralPath $one.path) {
      if (Test-Path -LiteralPath $old) {
        Remove-Item -LiteralPath $old -Force
      }
      $aside = $old
      if ($one.keeps -and -not (Test-Path -LiteralPath $before)) {
        $aside = $before
      }
      try {
        Move-Item -LiteralPath $one.path -Destination $aside
      } catch {
        $aside = $null
        throw
      }
    }
    Move-Item -LiteralPath $one.staged -Destination $one.path
  } catch {
    $wrong = [int]($_.Exception.HResult -band 0xFFFF)
    if ($wrong -eq 0) {
      $wrong = 1359
    }
    if ($aside -and -not (Test-Path -LiteralPath $one.path)) {
      Move-Item -LiteralPath $aside -Destination $one.path -ErrorAction SilentlyContinue
    }
  }
  if ($wrong -eq 0) {
    $seen[$at].placed = $true
    if (Test-Path -LiteralPath $old) {
      Remove-Item -LiteralPath $old -Force -ErrorAction SilentlyContinue
      $seen[$at].left = [bool](Test-Path -LiteralPath $old)
    }
    $at += 1
    $tries = 0
  } elseif ($tries -lt 10 -and (Test-Path -LiteralPath $one.staged)) {
    $tries += 1
    Start-Sleep -Milliseconds 200
  } else {
    $failed = $wrong
    $seen[$at].error = $failed
  }
}
@{ files = $seen }
`,

  /**
   * Removes a file, or a folder with everything in it, item by item and never recursively: what Remove-Item does with a link in a tree differs between versions. Where a
   * link is found, nothing goes.
   */
  removeTree: `
$links = @()
$files = @()
$folders = @()
$item = Get-Item -LiteralPath $request.path -Force -ErrorAction SilentlyContinue
if ($item) {
  if ("$($item.Attributes)" -match 'ReparsePoint') {
    $links += $item.FullName
  } elseif ($item.PSIsContainer) {
    $folders += $item.FullName
  } else {
    $files += $item.FullName
  }
}
$at = 0
while ($at -lt $folders.Count) {
  foreach ($child in @(Get-ChildItem -LiteralPath $folders[$at] -Force)) {
    if ("$($child.Attributes)" -match 'ReparsePoint') {
      $links += $child.FullName
    } elseif ($child.PSIsContainer) {
      $folders += $child.FullName
    } else {
      $files += $child.FullName
    }
  }
  $at += 1
}
$answer = @{ path = $request.path; removed = 0; links = 0 }
if ($links.Count -gt 0) {
  $answer = @{ error = 4395; at = 'Get-ChildItem'; detail = "$($links[0])" }
} else {
  $going = @($files)
  for ($last = $folders.Count - 1; $last -ge 0; $last -= 1) {
    $going += $folders[$last]
  }
  $tries = 0
  $next = 0
  while ($next -lt $going.Count) {
    try {
      Remove-Item -LiteralPath $going[$next] -Force
      $next += 1
    } catch {
      $tries += 1
      if ($tries -gt 10) {
        $code = [int]($_.Exception.HResult -band 0xFFFF)
        if ($code -eq 0) {
          $code = 1359
        }
        $answer = @{ error = $code; at = 'Remove-Item'; detail = "$($going[$next])" }
        break
      }
      Start-Sleep -Milliseconds 200
    }
  }
  if (-not $answer.error) {
    $answer.removed = $going.Count
  }
}
$answer
`,

  /**
   * The lock without the helper; needs .NET. The same file is held open in the same way, so that each keeps the other out, and it ends with its input, or after 15 s
   * without a beat. Prints the lines of the helper's `lock`.
   */
  lock: `
$held = $null
$said = @{ locked = $true }
try {
  $held = [System.IO.File]::Open($request.file, 'OpenOrCreate', 'ReadWrite', 'Read')
} catch {
  $code = [int]($_.Exception.GetBaseException().HResult -band 0xFFFF)
  $said = @{ error = $code; at = 'Open'; detail = $request.file }
  if ($code -eq 32) {
    $holder = "$(Get-Content -LiteralPath $request.file -TotalCount 1 -ErrorAction SilentlyContinue)"
    $said = @{ locked = $false; holder = $holder }
  }
}
if ($held) {
  $bytes = [System.Text.Encoding]::UTF8.GetBytes($request.holder)
  $held.SetLength(0)
  $held.Write($bytes, 0, $bytes.Length)
  $held.Flush()
}
$line = ConvertTo-Json -Compress -InputObject $said
[System.Console]::Out.WriteLine($line)
[System.Console]::Out.Flush()
if ($held) {
  $stdin = [System.Console]::OpenStandardInput()
  $buffer = New-Object -TypeName byte[] -ArgumentList 64
  $isOver = $false
  while (-not $isOver) {
    $read = $stdin.BeginRead($buffer, 0, 64, $null, $null)
    if (-not $read.AsyncWaitHandle.WaitOne(15000)) {
      throw 'no beat'
    }
    $isOver = ($stdin.EndRead($read) -eq 0)
  }
  $held.SetLength(0)
  $held.Close()
}
$said
`,

  /** The server's clock, told at once and for each line of input, until that ends; needs .NET. Prints the lines of the helper's `clock`: what PowerShell takes to start is over then. */
  clock: `
$asked = 0
$isOver = $false
$epoch = [datetime]'1970-01-01'
while (-not $isOver) {
  $now = [long]((Get-Date).ToUniversalTime() - $epoch).TotalMilliseconds
  [System.Console]::Out.WriteLine('{"answer":' + $asked + ',"timeMs":' + $now + '}')
  [System.Console]::Out.Flush()
  $isOver = ([System.Console]::In.ReadLine() -eq $null)
  $asked += 1
}
@{ asked = $asked }
`,
} as const;
