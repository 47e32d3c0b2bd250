' What the macros meet in Excel on Windows. The names of VBA's own functions are taken over here;
' a member Excel does not have in this list is an error, as it would be there.

Public book As FakeBook
Public front As FakeBook
Public excel As FakeExcel
Public Flag As String
Public ShellAnswer As String
Public ShellBreaks As Boolean
Public ShellIsTornOff As Boolean
Public Files As String
Public Folders As String
Public Told As String

Public Sub Note(ByVal line As String)
    Told = Told & line & vbLf
End Sub

Public Function Diary() As String
    Diary = Told
End Function

Public Sub Prepare()
    Set excel = New FakeExcel
    excel.Version = "16.0"
    excel.Path = "C:\Program Files\Office"
    excel.Name = "Microsoft Excel"
    excel.Hwnd = 65552
    excel.Calculation = -4105
    excel.ScreenUpdating = True
    excel.EnableEvents = True
    excel.DisplayAlerts = True
    excel.StatusBar = False
    excel.Chosen = False
    Set book = New FakeBook
    Set front = Nothing
    ShellAnswer = "done"
End Sub

Public Function Application() As Object
    Set Application = excel
End Function

Public Function ThisWorkbook() As Object
    Set ThisWorkbook = book
End Function

Public Function ActiveWorkbook() As Object
    Set ActiveWorkbook = front
End Function

Public Function CreateObject(ByVal className As String) As Object
    If className <> "WScript.Shell" Then Err.Raise 429, , className
    Set CreateObject = New FakeShell
End Function

' The machine's code page lacks the letters of the user's name.
Public Function Environ(ByVal key As String) As String
    If key = "TEMP" Then Environ = "C:\Users\???????\Temp"
    If key = "APPDATA" Then Environ = "C:\Users\???????\AppData\Roaming"
End Function

' --- in place of modFiles

Public Function FileIsThere(ByVal path As String) As Boolean
    FileIsThere = path <> "" And InStr(Files, "|" & path & "|") > 0
End Function

Public Function FolderIsThere(ByVal path As String) As Boolean
    FolderIsThere = path <> "" And InStr(Folders, "|" & path & "|") > 0
End Function

Public Function FirstLine(ByVal path As String) As String
    If Right(path, 5) = ".flag" Then FirstLine = Flag
    If path = "C:\Users\Иванова\AppData\Roaming\sheetsync\python.txt" Then FirstLine = "C:\Programs\Python\python.exe"
End Function

Public Sub RemoveFile(ByVal path As String)
    If path <> "" Then Note "remove " & path
End Sub

Public Sub OpenDialogsIn(ByVal folder As String)
    Note "folder " & folder
End Sub

' --- what the tests set and ask

Public Sub SetBook(ByVal member As String, ByVal content As Variant)
    Select Case member
        Case "Path": book.Path = content
        Case "Name": book.Name = content
        Case "ReadOnly": book.ReadOnly = content
        Case "CannotCopy": book.CannotCopy = content
        Case "HasVBProject": book.HasVBProject = content
        Case Else: book.Hold member, content
    End Select
End Sub

Public Sub SetExcel(ByVal member As String, ByVal content As Variant)
    Select Case member
        Case "AddinIsLoaded": excel.AddinIsLoaded = content
        Case "AddinBreaks": excel.AddinBreaks = content
        Case "AddinAnswer": excel.AddinAnswer = content
        Case "Chosen": excel.Chosen = content
        Case "ShellAnswer": ShellAnswer = content
        Case "ShellBreaks": ShellBreaks = content
        Case "ShellIsTornOff": ShellIsTornOff = content
        Case "Files": Files = content
        Case "Folders": Folders = content
        Case Else: Err.Raise 5, , member
    End Select
End Sub

Public Sub BringToFront(ByVal isOurs As Boolean)
    Set front = New FakeBook
    If isOurs Then Set front = book
End Sub

Public Function Cell(ByVal key As String) As String
    Cell = CStr(book.Names(key).Value)
End Function

Public Function Program() As String
    Program = excel.Calculation & " " & excel.ScreenUpdating & " " & excel.EnableEvents & " " & excel.DisplayAlerts
End Function

Public Function Bar() As String
    Bar = CStr(excel.StatusBar)
End Function

Public Function AddinTabIsShown() As Boolean
    Dim answer As Variant
    AddinVisible Nothing, answer
    AddinTabIsShown = answer
End Function

Public Function QuotedOf(ByVal line As String) As String
    QuotedOf = QuotedList(Split(line, "|"))
End Function

Public Function PressOf(ByVal line As String) As String
    PressOf = PressCommand(Split(line, "|"))
End Function
