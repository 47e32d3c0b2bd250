Attribute VB_Name = "modPlaces"
Option Explicit

' Where things are: which program this is, Python, folders.

Private madeNames As Long

' LibreOffice answers 11; the first Excel that reads this workbook answered 12.
Public Function IsExcel() As Boolean
    IsExcel = Val(Application.Version) >= 12
End Function

' Excel on macOS.
Public Function IsMac() As Boolean
    #If Mac Then
        IsMac = IsExcel()
    #Else
        IsMac = False
    #End If
End Function

' Python with sheetsync in it: the cell ss_python, else the note `sheetsync addin install` leaves in
' the user's configuration folder; "" where neither names a file.
Public Function PythonPath(ByVal book As Object) As String
    PythonPath = CellText(book, "ss_python")
    If FileIsThere(PythonPath) Then Exit Function
    PythonPath = FirstLine(Joined(Joined(ConfigFolder(), "sheetsync"), "python.txt"))
    If Not FileIsThere(PythonPath) Then PythonPath = ""
End Function

Private Function ConfigFolder() As String
    ConfigFolder = UsersFolder("APPDATA")
    If ConfigFolder = "" Then ConfigFolder = Environ("XDG_CONFIG_HOME")
    If ConfigFolder = "" Then ConfigFolder = Joined(Environ("HOME"), ".config")
End Function

' Excel: by the shell, for Environ loses letters of a user's name that the machine's code page lacks.
Private Function UsersFolder(ByVal variable As String) As String
    UsersFolder = Environ(variable)
    If Not IsExcel() Then Exit Function
    On Error Resume Next
    UsersFolder = CreateObject("WScript.Shell").ExpandEnvironmentStrings("%" & variable & "%")
End Function

' A name in the temporary folder that no other press uses.
Public Function TemporaryName(ByVal ending As String) As String
    Dim folder As String
    folder = UsersFolder("TEMP")
    If folder = "" Then folder = Environ("TMPDIR")
    If folder = "" Then folder = "/tmp"
    TemporaryName = NewName(folder, ending)
End Function

Public Function NewName(ByVal folder As String, ByVal ending As String) As String
    If madeNames = 0 Then Randomize
    madeNames = madeNames + 1
    NewName = Joined(folder, "sheetsync-" & CStr(CLng(Rnd * 900000000)) & "-" & CStr(madeNames) & ending)
End Function

' A path in a folder, with the stroke that folder is written with.
Public Function Joined(ByVal folder As String, ByVal fileName As String) As String
    Dim stroke As String
    stroke = "/"
    If Left(folder, 1) <> "/" And InStr(folder, "\") > 0 Then stroke = "\"
    If Right(folder, 1) = stroke Then stroke = ""
    Joined = folder & stroke & fileName
End Function
