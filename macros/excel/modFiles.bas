Attribute VB_Name = "modFiles"
Option Explicit

' Files and folders of the machine: the note where Python is, the flag by which Python says how far it is.

' Not by Dir: it takes * and ? in a name for a pattern.
Public Function FileIsThere(ByVal path As String) As Boolean
    On Error Resume Next
    If path <> "" Then FileIsThere = (GetAttr(path) And vbDirectory) = 0
End Function

' The first line of a small text file, "" where it cannot be read.
Public Function FirstLine(ByVal path As String) As String
    Dim handle As Integer
    Dim text As String
    If Not FileIsThere(path) Then Exit Function
    On Error GoTo Unreadable
    handle = FreeFile
    Open path For Input As #handle
    If Not EOF(handle) Then Line Input #handle, text
    Close #handle
    FirstLine = Trim(text)
    Exit Function
Unreadable:
    On Error Resume Next
    Close #handle
End Function

Public Sub RemoveFile(ByVal path As String)
    On Error Resume Next
    If FileIsThere(path) Then Kill path
End Sub

' Excel's file dialog opens where the program stands; a network folder has no drive to stand on.
Public Sub OpenDialogsIn(ByVal folder As String)
    On Error Resume Next
    ChDrive folder
    ChDir folder
End Sub
