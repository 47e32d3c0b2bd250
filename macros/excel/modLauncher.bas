Attribute VB_Name = "modLauncher"
Option Explicit

' Starts  python -m sheetsync.buttons  for one press and waits for it.
' Python tells how far it is by one word in a small temporary file (the flag): "started" at once, at
' the end "done" or the key of a sentence it could not write into the workbook itself.

Private Const PATIENCE As Long = 20
Private Const GRACE As Long = 5
Private Const USUAL_LIMIT As Long = 300
Private Const SECONDS_A_DAY As Long = 86400

' What came of a press, as a word: "done" or the key of a sentence.
Public Function RunSheetsync(ByVal book As Object, ByVal action As String) As String
    Dim flag As String
    Dim snapshot As String
    Dim calculation As Variant
    Say book, "running"
    flag = TemporaryName(".flag")
    snapshot = SavedCopy(book)
    calculation = CalculationMode()
    On Error GoTo Broken
    RunSheetsync = Outcome(book, action, flag, snapshot)
CleanUp:
    RestoreProgram calculation, RunSheetsync
    RemoveFile flag
    RemoveFile snapshot
    Exit Function
Broken:
    RunSheetsync = "failed"
    Resume CleanUp
End Function

Private Function Outcome(ByVal book As Object, ByVal action As String, ByVal flag As String, ByVal snapshot As String) As String
    If HasXlwings() Then
        RunThroughXlwings book, action, flag, snapshot
        Outcome = LastWord(flag)
        If Outcome <> "silent" Then Exit Function
    End If
    If PythonPath(book) = "" Then
        Outcome = "no_python"
    ElseIf IsExcel() Then
        Outcome = RunAndWait(CommandLine(book, action, flag, snapshot))
        If Outcome = "" Then Outcome = LastWord(flag)
    Else
        Outcome = RunAndWatch(book, CommandLine(book, action, flag, snapshot), flag, snapshot)
    End If
End Function

' The arguments of sheetsync.buttons as a list; each name is followed by its value.
Private Function Arguments(ByVal book As Object, ByVal action As String, ByVal flag As String, ByVal snapshot As String) As Variant
    Dim place As String
    place = Joined(book.Path, book.Name)
    If IsExcel() Then
        Arguments = Array(action, "--book", place, "--protocol", CellText(book, "ss_protocol"), "--flag", flag, "--snapshot", snapshot)
    Else
        Arguments = Array(action, "--book", place, "--protocol", CellText(book, "ss_protocol"), "--flag", flag, "--snapshot", snapshot, "--profile", LibreProfile())
    End If
End Function

' -E -P: neither settings of another Python nor a folder named sheetsync beside the program get in the way.
' The last four arguments are those of xlwings' own RunPython, for xlwings' Book.caller().
Private Function CommandLine(ByVal book As Object, ByVal action As String, ByVal flag As String, ByVal snapshot As String) As String
    CommandLine = Quoted(PythonPath(book)) & " -E -P -m sheetsync.buttons " & QuotedList(Arguments(book, action, flag, snapshot))
    If IsExcel() Then
        CommandLine = CommandLine & " --wb=" & Quoted(book.Name) & " --from_xl=1 --app=" & _
            Quoted(Joined(Application.Path, Application.Name)) & " --hwnd=" & Quoted(CStr(Application.Hwnd))
    End If
End Function

' Windows: the shell waits, and Excel stays open to what Python writes meanwhile. It breaks where a guard
' of the computer forbids Excel to start programs: that there is a Python was looked at before.
Private Function RunAndWait(ByVal commandText As String) As String
    On Error GoTo NotStarted
    CreateObject("WScript.Shell").Run commandText, 0, True
    Exit Function
NotStarted:
    RunAndWait = "refused"
End Function

' LibreOffice: the process is watched by its flag. Application.Wait lets Python in; DoEvents does not.
' The copy of the screen is made while Python starts; nobody reaches this program before it is whole.
Private Function RunAndWatch(ByVal book As Object, ByVal commandText As String, ByVal flag As String, ByVal snapshot As String) As String
    Dim word As String
    Dim wordBefore As String
    Dim since As Double
    Dim waited As Double
    Dim limit As Double
    limit = TimeLimit(book)
    since = Now
    On Error GoTo NotStarted
    Shell commandText, 0
    On Error GoTo 0
    LibreSaveCopy snapshot
    Do
        Application.Wait Now + 0.000001
        wordBefore = word
        word = FirstLine(flag)
        If wordBefore = "" And word <> "" Then since = Now
        waited = (Now - since) * SECONDS_A_DAY
    Loop Until IsLastWord(word) Or IsTooLong(word, waited, limit)
    If word = "" Then
        word = "silent"
    ElseIf Not IsLastWord(word) Then
        word = "timeout"
    End If
    RunAndWatch = word
    Exit Function
NotStarted:
    RunAndWatch = "no_python"
End Function

' Seconds a press may take.
Private Function TimeLimit(ByVal book As Object) As Double
    TimeLimit = Val(CellText(book, "ss_timeout"))
    If TimeLimit <= 0 Then TimeLimit = USUAL_LIMIT
End Function

' As a part of a day, with the start of Python and the last grace.
Public Function LongestPress(ByVal book As Object) As Double
    LongestPress = (PATIENCE + TimeLimit(book) + GRACE) / SECONDS_A_DAY
End Function

' Python ends itself at the limit; a little later the macro stops waiting too.
Public Function IsTooLong(ByVal word As String, ByVal waited As Double, ByVal limit As Double) As Boolean
    If word = "" Then
        IsTooLong = waited > PATIENCE Or waited > limit
    Else
        IsTooLong = waited > limit + GRACE
    End If
End Function

Public Function IsLastWord(ByVal word As String) As Boolean
    IsLastWord = word <> "" And word <> "started"
End Function

' The flag after Python has ended: still "started" means that it broke off.
Private Function LastWord(ByVal flag As String) As String
    LastWord = FirstLine(flag)
    If LastWord = "" Then LastWord = "silent"
    If LastWord = "started" Then LastWord = "failed"
End Function

' LibreOffice's Shell takes either kind of quotation mark; no path on Windows has a double one.
Public Function Quoted(ByVal text As String) As String
    If InStr(text, """") > 0 Then
        Quoted = "'" & text & "'"
    Else
        Quoted = """" & text & """"
    End If
End Function

Public Function QuotedList(ByVal texts As Variant) As String
    Dim i As Long
    QuotedList = texts(LBound(texts))
    For i = LBound(texts) + 1 To UBound(texts)
        If Left(texts(i), 2) = "--" Then
            QuotedList = QuotedList & " " & texts(i)
        Else
            QuotedList = QuotedList & " " & Quoted(texts(i))
        End If
    Next i
End Function

' --- Excel only

' The xlwings add-in, when it is loaded; add-ins answer by name and are not counted among the workbooks.
Private Function HasXlwings() As Boolean
    Dim found As String
    If Not IsExcel() Then Exit Function
    On Error Resume Next
    found = Application.Workbooks("xlwings.xlam").Name
    HasXlwings = found <> ""
End Function

' Late bound, so the workbook opens where the add-in is absent. Whether it worked, the flag tells.
' The add-in hands over the workbook in front: bring the pressed one there.
Private Sub RunThroughXlwings(ByVal book As Object, ByVal action As String, ByVal flag As String, ByVal snapshot As String)
    On Error Resume Next
    book.Activate
    Application.Run "xlwings.xlam!RunPython", PressCommand(Arguments(book, action, flag, snapshot))
End Sub

' A Python without sheetsync quietly does nothing: an error here would make the add-in open a dialog.
Public Function PressCommand(ByVal texts As Variant) As String
    PressCommand = "import importlib, importlib.util as u; u.find_spec('sheetsync') and u.find_spec('sheetsync.buttons') and " & _
        "importlib.import_module('sheetsync.buttons').press(" & PythonList(texts) & ")"
End Function

Public Function PythonList(ByVal texts As Variant) As String
    Dim i As Long
    For i = LBound(texts) To UBound(texts)
        If i > LBound(texts) Then PythonList = PythonList & ", "
        PythonList = PythonList & PythonText(texts(i))
    Next i
    PythonList = "[" & PythonList & "]"
End Function

' A text in single quotes as Python reads it; a double quote would end the argument it travels in.
Public Function PythonText(ByVal text As String) As String
    text = Replace(text, "\", "\\")
    text = Replace(text, "'", "\'")
    PythonText = "'" & Replace(text, """", "\x22") & "'"
End Function

' Where the workbook is copied as it is on the screen, for the backups; without it the press goes on.
Private Function SavedCopy(ByVal book As Object) As String
    On Error GoTo NoCopy
    SavedCopy = Mid(book.Name, InStrRev(book.Name, "."))
    If IsExcel() Then
        SavedCopy = TemporaryName(SavedCopy)
        book.SaveCopyAs SavedCopy
    Else
        SavedCopy = NewName(LibreFolder(), SavedCopy)
    End If
    Exit Function
NoCopy:
    SavedCopy = ""
End Function

' --- what a Python that broke off may have left switched off

Private Function CalculationMode() As Variant
    On Error Resume Next
    CalculationMode = Application.Calculation
End Function

' A press that was done gave the status bar back itself, or said its sentence there: no cell took it.
Private Sub RestoreProgram(ByVal calculation As Variant, ByVal outcome As String)
    On Error Resume Next
    ' LibreOffice would reckon the height of every row anew, and its screen does not rest
    If IsExcel() Then Application.ScreenUpdating = True
    Application.EnableEvents = True
    Application.DisplayAlerts = True
    If Not IsEmpty(calculation) Then Application.Calculation = calculation
    If outcome <> "done" Then Application.StatusBar = False
End Sub
