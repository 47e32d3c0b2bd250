Attribute VB_Name = "modFiles"
Option Explicit

' Files and folders of the machine: the note where Python is, the flag by which Python says how far it is.
' In Excel the system's own file object is asked where VBA fails: VBA knows only the letters of the
' machine's code page, and a user's folder may be named in others.

' Not by Dir: it takes * and ? in a name for a pattern.
Public Function FileIsThere(ByVal path As String) As Boolean
    On Error Resume Next
    If path = "" Then Exit Function
    FileIsThere = (GetAttr(path) And vbDirectory) = 0
    If IsExcel() And Not FileIsThere Then FileIsThere = SystemFiles().FileExists(path)
End Function

Public Function FolderIsThere(ByVal path As String) As Boolean
    On Error Resume Next
    FolderIsThere = (GetAttr(path) And vbDirectory) <> 0
    If IsExcel() And Not FolderIsThere Then FolderIsThere = SystemFiles().FolderExists(path)
End Function

Private Function SystemFiles() As Object
    Set SystemFiles = CreateObject("Scripting.FileSystemObject")
End Function

' The first line of a small text file, "" where it cannot be read.
Public Function FirstLine(ByVal path As String) As String
    If Not FileIsThere(path) Then Exit Function
    FirstLine = LineByBasic(path)
    If FirstLine = "" And IsExcel() Then FirstLine = LineBySystem(path)
End Function

Private Function LineByBasic(ByVal path As String) As String
    Dim handle As Integer
    Dim text As String
    On Error GoTo Unreadable
    handle = FreeFile
    Open path For Input As #handle
    If Not EOF(handle) Then Line Input #handle, text
    LineByBasic = Trim(text)
Unreadable:
    Close #handle
End Function

Private Function LineBySystem(ByVal path As String) As String
    On Error Resume Next
    LineBySystem = Trim(SystemFiles().OpenTextFile(path).ReadLine)
End Function

Public Sub RemoveFile(ByVal path As String)
    On Error Resume Next
    If Not FileIsThere(path) Then Exit Sub
    Kill path
    If IsExcel() And FileIsThere(path) Then SystemFiles().DeleteFile path
End Sub

' Excel's file dialog opens where the program stands; a network folder has no drive to stand on.
Public Sub OpenDialogsIn(ByVal folder As String)
    On Error Resume Next
    ChDrive folder
    ChDir folder
End Sub
