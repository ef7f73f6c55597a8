# As the machines were handed out.
